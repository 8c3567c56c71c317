public import Basics
internal import FixedPoint
internal import LayerKit
public import Layers

/// What of the samples for one input of a Design is no number of its type: counted, since the firmware makes numbers of
/// it all the same.
struct OutsideValues {
    private let input: Design.Input
    private var notNumbers = 0
    private var outside = 0
    /// The first of them, for a message.
    private var first: Double?

    /// - Parameter values: samples x elements.
    init(_ values: [Double], of input: Design.Input) {
        self.input = input
        let types = input.type.all(in: input.shape).map(Bounds.init)
        guard let low = types.map(\.low).max(), let high = types.map(\.high).min() else { return }
        // Nearly all lie within every type: the rest is looked at by its own.
        for (index, value) in values.enumerated() where !(value >= low && value <= high) {
            if types[index % types.count].holds(value) { continue }
            if value.isNaN {
                notNumbers += 1
            } else {
                outside += 1
                first = first ?? value
            }
        }
    }

    /// What to tell, if there is anything.
    /// - Parameter file: what the user calls the file.
    func warnings(_ file: String) -> [Diagnostic] {
        func warning(_ count: Int, _ what: String, _ help: String) -> Diagnostic {
            .warning(
                "'\(file)': \(count) \(count == 1 ? "value is" : "values are") \(what)", subject: ["data", "input"],
                help: help)
        }
        var found: [Diagnostic] = []
        if notNumbers > 0 {
            found.append(
                warning(notNumbers, "not a number (NaN)", "the firmware has no such thing: it takes some number for it")
            )
        }
        if let first {
            found.append(
                warning(
                    outside, "outside of \(types), the type of input '\(input.name)': the first is \(first)",
                    "such values \(fate): scale the data as for the training, or state a wider result type for "
                        + "'\(input.name)'"))
        }
        return found
    }

    private var types: String {
        let distinct = Set(input.type.all(in: input.shape))
        return distinct.count == 1 ? distinct.first?.description ?? "" : "their types"
    }

    private var fate: String {
        let modes = Set(input.type.all(in: input.shape).map(\.overflow))
        return modes == [.wrap] ? "wrap around" : modes.contains(.wrap) ? "wrap around or saturate" : "saturate"
    }

    /// The values that a type holds once they are rounded.
    private struct Bounds {
        let low: Double
        let high: Double
        private let wide: FixedType
        private let type: FixedType

        init(_ type: FixedType) {
            self.type = type
            low = type.minimum
            high = type.maximum
            wide = FixedType(
                width: type.width + 2, integer: type.integer + 2, rounding: type.rounding, overflow: .sat,
                isInteger: type.isInteger)
        }

        /// Between the ends for most; beyond them what is rounded to one.
        func holds(_ value: Double) -> Bool {
            if value >= low, value <= high { return true }
            guard value.isFinite, wide.width < 120 else { return false }
            let raw = wide.quantize(value)
            return raw >= type.rawMin && raw <= type.rawMax
        }
    }
}

extension InputBatch {
    /// A warning for each file with values that its input cannot hold.
    /// - Parameter names: what the user calls the files.
    public func warnings(_ names: [String], for design: Design) -> [Diagnostic] {
        zip(zip(values, names), design.inputs).flatMap { file, input in
            OutsideValues(file.0, of: input).warnings(file.1)
        }
    }
}

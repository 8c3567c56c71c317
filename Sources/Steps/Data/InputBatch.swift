public import Arrays
public import Basics
public import LayerKit
public import Layers

/// Arrays of samples matched to a Design's inputs: the sample axis first, then as many elements as the input has.
public struct InputBatch: Sendable {
    /// One array per input of the design, samples x elements.
    public var values: [[Double]]
    public var samples: Int

    public init(_ arrays: [NpyArray], names: [String], for design: Design, layout: DataLayout? = nil)
        throws(DiagnosticError)
    {
        try self.init(
            arrays, names: names, inputs: design.inputs.map { ($0.name, $0.shape) },
            channelsOf: design.inputs.map { ChannelAxis($0.id, in: design) }, layout: layout)
    }

    /// - Parameter channels: where the model file has those of every input.
    public init(
        _ arrays: [NpyArray], names: [String], inputs: [(name: String, shape: Shape)], channels: ChannelAxis = .last,
        layout: DataLayout? = nil
    ) throws(DiagnosticError) {
        try self.init(
            arrays, names: names, inputs: inputs, channelsOf: inputs.map { _ in channels }, layout: layout)
    }

    /// - Parameters:
    ///   - names: what the user calls the files, for messages.
    ///   - axes: where the model file has the channels of each input.
    ///   - layout: what the arrays have where their shape does not tell.
    public init(
        _ arrays: [NpyArray], names: [String], inputs: [(name: String, shape: Shape)], channelsOf axes: [ChannelAxis],
        layout: DataLayout? = nil
    ) throws(DiagnosticError) {
        guard arrays.count == inputs.count else {
            let wanted = inputs.map { "'\($0.name)' of shape \($0.shape)" }.joined(separator: ", ")
            throw DiagnosticError(
                .error(
                    "\(arrays.count) input files for \(inputs.count) inputs", subject: ["data", "input"],
                    help: "give one file for each of \(wanted), in this order"))
        }
        var counts: [Int] = []
        var errors: [Diagnostic] = []
        for (index, input) in inputs.enumerated() {
            let elements = max(1, input.shape.elementCount), array = arrays[index]
            if let samples = array.shape.first, Count.times(samples, elements) == array.values.count,
                !axes[index].isTurned(array.shape.dropFirst(), input.shape)
            {
                counts.append(samples)
            } else {
                errors.append(
                    .error(
                        "'\(names[index])' has shape \(array.shape), but input '\(input.name)' takes samples of shape "
                            + "\(input.shape)",
                        subject: ["data", "input"],
                        help:
                            "the sample axis comes first: (samples, \(input.shape.map(String.init).joined(separator: ", ")))"
                    ))
            }
        }
        if let first = counts.first, errors.isEmpty, let other = counts.first(where: { $0 != first }) {
            errors.append(
                .error(
                    "the input files hold \(first) and \(other) samples", subject: ["data", "input"],
                    help: "every input needs the same number of samples"))
        }
        if !errors.isEmpty { throw DiagnosticError(errors) }
        values = arrays.indices.map { index in
            let array = arrays[index], input = inputs[index], channels = axes[index]
            return switch channels.layout(of: Array(array.shape.dropFirst()), for: input.shape, stated: layout) {
            case .firmware: array.doubles
            case .model: channels.toFirmware(array.doubles, input.shape)
            }
        }
        samples = counts.first ?? 0
    }

    /// Some of the samples: an array for each input, whose shapes are given.
    public func samples(_ range: Range<Int>, _ shapes: [Shape]) -> [[Double]] {
        zip(values, shapes).map { values, shape in
            Array(values[range.lowerBound * shape.elementCount..<range.upperBound * shape.elementCount])
        }
    }
}

internal import Arrays
internal import Basics
internal import Config
internal import LayerKit
internal import Measures

/// How one output of the firmware compares with what is expected of it.
struct OutputComparison {
    let name: String
    let samples: Int
    /// Elements of one sample.
    let elements: Int
    let maxError: Double
    let meanError: Double
    /// Elements that are not equal, as single-precision numbers.
    let mismatches: Int
    /// Share of the samples whose largest element is the same one; nil for outputs of one element.
    let argmaxAgreement: Double?
    /// Sample and element of the largest difference, and the two values there.
    let worst: (sample: Int, element: Int, got: Double, want: Double)?

    /// Throws where the expected numbers are not as many as the firmware gave, or their axes are in another order.
    init(_ name: String, _ got: [Double], _ shape: Shape, _ expected: NpyArray) throws(DiagnosticError) {
        self.name = name
        elements = max(1, shape.elementCount)
        samples = got.count / elements
        let want = expected.doubles
        guard want.count == got.count, SampleShape.holds(expected.shape, samples: samples, of: shape) else {
            throw DiagnosticError(
                .error(
                    "output '\(name)': \(got.count) numbers came out, but the expected file holds "
                        + "\(want.count) of shape \(expected.shape)",
                    subject: ["data", "expected"],
                    help: "it should have \(samples) samples of shape \(shape), the sample axis first"))
        }
        var largest = 0.0, sum = 0.0, different = 0, place: Int?
        for index in got.indices {
            let error = abs(got[index] - want[index])
            // A number that is not one can never be near enough.
            let size = error.isNaN ? Double.infinity : error
            sum += size
            if Float(got[index]) != Float(want[index]) { different += 1 }
            if size > largest {
                largest = size
                place = index
            }
        }
        maxError = largest
        meanError = got.isEmpty ? 0 : sum / Double(got.count)
        mismatches = different
        worst = place.map { [elements] in ($0 / elements, $0 % elements, got[$0], want[$0]) }
        argmaxAgreement = elements < 2 ? nil : Self.agreement(got, want, elements)
    }

    private static func agreement(_ got: [Double], _ want: [Double], _ elements: Int) -> Double {
        func best(_ values: ArraySlice<Double>) -> Int? {
            values.indices.max { values[$0] < values[$1] || values[$0] == values[$1] && $0 > $1 }
        }
        let samples = got.count / elements
        guard samples > 0 else { return 1 }
        let same = (0..<samples).count { sample in
            let slice = sample * elements..<(sample + 1) * elements
            return best(got[slice]) == best(want[slice])
        }
        return Double(same) / Double(samples)
    }

    /// What is wrong by the tolerance and the budgets of the project.
    func violations(_ settings: CompareStep.Settings) -> [Diagnostic] {
        var found: [Diagnostic] = []
        let limit: Double? =
            switch settings.tolerance {
            case .exact: 0
            case .absolute(let ratio): ratio.double
            case nil: nil
            }
        if let limit, let worst, maxError > limit {
            found.append(
                .error(
                    "output '\(name)' differs by up to \(Figure.short(maxError)), the tolerance is \(Figure.short(limit)) "
                        + "(sample \(worst.sample), element \(worst.element): \(Figure.short(worst.got)), expected "
                        + "\(Figure.short(worst.want)); \(mismatches) of \(samples * elements) numbers differ)",
                    subject: ["data", "tolerance"],
                    help: "widen the types of the layers before, or state the tolerance that the precisions allow"))
        }
        for expectation in settings.expectations {
            guard let measured = measured(expectation) else { continue }
            let wanted = expectation.value.double * (expectation.unit == .percent ? 0.01 : 1)
            if expectation.comparison.holds(measured, wanted) { continue }
            let shown = expectation.unit == .percent ? "\(Figure.short(measured * 100)) %" : Figure.short(measured)
            found.append(
                .error(
                    "output '\(name)': \(expectation.metric.rawValue) is \(shown), expected \(expectation.text)",
                    subject: ["expect", expectation.metric.rawValue]))
        }
        return found
    }

    private func measured(_ expectation: Expectation) -> Double? {
        switch expectation.metric {
        case .argmaxAgreement: argmaxAgreement
        case .maxError: maxError
        case .meanError: meanError
        case .mismatches: Double(mismatches)
        case .lut, .ff, .dsp, .bram, .uram, .latency, .interval, .clock, .slack, .power, .accuracy: nil
        }
    }

    /// What is kept of it.
    var row: SimulationRow {
        SimulationRow(
            name: name, samples: samples, elements: samples * elements, maxError: maxError, meanError: meanError,
            mismatches: mismatches, argmaxAgreement: argmaxAgreement)
    }
}

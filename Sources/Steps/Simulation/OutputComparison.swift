internal import Basics
internal import LayerKit
internal import Measures

/// How the numbers of one output compare with others of the same output.
struct OutputComparison {
    let samples: Int
    /// Numbers of one sample.
    let width: Int
    let maxError: Double
    let meanError: Double
    /// Numbers that are not equal, in single precision.
    let mismatches: Int
    /// Share of the samples whose largest number is the same one; nil for outputs of one number.
    let argmaxAgreement: Double?
    let worst: SimulationRow.Worst?

    /// Precondition: as many numbers on both sides, samples x elements of the shape.
    init(_ got: [Double], _ want: [Double], _ shape: Shape) {
        let width = max(1, shape.elementCount)
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
        self.width = width
        samples = got.count / width
        maxError = largest
        meanError = got.isEmpty ? 0 : sum / Double(got.count)
        mismatches = different
        worst = place.map {
            SimulationRow.Worst(sample: $0 / width, element: $0 % width, got: got[$0], want: want[$0])
        }
        argmaxAgreement = width < 2 ? nil : Self.agreement(got, want, width)
    }

    private static func agreement(_ got: [Double], _ want: [Double], _ width: Int) -> Double {
        let samples = got.count / width
        guard samples > 0 else { return 1 }
        let same = (0..<samples).count { sample in
            let slice = sample * width..<(sample + 1) * width
            return Classification.largest(got[slice]) == Classification.largest(want[slice])
        }
        return Double(same) / Double(samples)
    }

    func row(_ name: String, against reference: SimulationRow.Reference, _ classification: ClassificationRow?)
        -> SimulationRow
    {
        SimulationRow(
            name: name, samples: samples, elements: samples * width, maxError: maxError, meanError: meanError,
            mismatches: mismatches, argmaxAgreement: argmaxAgreement, worst: worst, reference: reference,
            classification: classification)
    }
}

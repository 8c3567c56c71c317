/// What the C simulation measured of one output: an entry of `build/csim/report.json`.
public struct SimulationRow: Hashable, Sendable, Decodable {
    public var name: String
    public var samples: Int
    /// Numbers of all samples together.
    public var elements: Int
    public var maxError: Double
    public var meanError: Double
    /// Numbers that are not equal, in single precision.
    public var mismatches: Int
    /// Share of the samples whose largest number is the same one; nil for outputs of one number.
    public var argmaxAgreement: Double?

    private enum CodingKeys: String, CodingKey {
        case name, samples, elements, mismatches
        case maxError = "max_error"
        case meanError = "mean_error"
        case argmaxAgreement = "argmax_agreement"
    }

    public init(
        name: String, samples: Int, elements: Int, maxError: Double, meanError: Double, mismatches: Int,
        argmaxAgreement: Double?
    ) {
        self.name = name
        self.samples = samples
        self.elements = elements
        self.maxError = maxError
        self.meanError = meanError
        self.mismatches = mismatches
        self.argmaxAgreement = argmaxAgreement
    }
}

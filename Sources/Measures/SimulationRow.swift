/// What the C simulation measured of one output: an entry of `build/csim/report.json`.
public struct SimulationRow: Hashable, Sendable {
    /// What the output was held against.
    public enum Reference: String, Hashable, Sendable, Codable {
        /// The file that the project names.
        case expected
        /// The model as trained, in double precision: nothing else was stated.
        case model
    }

    /// The place of the largest difference, and the two values there.
    public struct Worst: Hashable, Sendable {
        public var sample: Int
        public var element: Int
        public var got: Double
        public var want: Double

        public init(sample: Int, element: Int, got: Double, want: Double) {
            self.sample = sample
            self.element = element
            self.got = got
            self.want = want
        }
    }

    public var name: String
    public var samples: Int
    /// Numbers of all samples together.
    public var elements: Int
    /// Infinite where a difference is no number.
    public var maxError: Double
    public var meanError: Double
    /// Numbers that are not equal, in single precision.
    public var mismatches: Int
    /// Share of the samples whose largest number is the same one; nil for outputs of one number.
    public var argmaxAgreement: Double?
    /// Nil where nothing differs.
    public var worst: Worst?
    public var reference: Reference
    /// Nil without labels.
    public var classification: ClassificationRow?

    public init(
        name: String, samples: Int, elements: Int, maxError: Double, meanError: Double, mismatches: Int,
        argmaxAgreement: Double?, worst: Worst? = nil, reference: Reference = .expected,
        classification: ClassificationRow? = nil
    ) {
        self.name = name
        self.samples = samples
        self.elements = elements
        self.maxError = maxError
        self.meanError = meanError
        self.mismatches = mismatches
        self.argmaxAgreement = argmaxAgreement
        self.worst = worst
        self.reference = reference
        self.classification = classification
    }
}

/// One line of `expect`: a limit that the stage which measures the metric checks.
public struct Expectation: Hashable, Sendable, Codable {
    public var metric: Metric
    public var comparison: Comparison
    public var value: Ratio
    /// What `value` is counted in; `.none` for plain numbers.
    public var unit: Unit
    /// As written, for reports: `<= 100`.
    public var text: String

    public init(metric: Metric, comparison: Comparison, value: Ratio, unit: Unit, text: String) {
        self.metric = metric
        self.comparison = comparison
        self.value = value
        self.unit = unit
        self.text = text
    }

    /// What can be measured. The raw value is the key under `expect`.
    public enum Metric: String, Hashable, Sendable, Codable, CaseIterable {
        case lut, ff, dsp, bram, uram
        case latency, interval
        case clock, slack
        case power
        case argmaxAgreement = "argmax_agreement"
        case accuracy
        case maxError = "max_error"
        case meanError = "mean_error"
        case mismatches
    }

    public enum Comparison: String, Hashable, Sendable, Codable, CaseIterable {
        case atMost = "<="
        case atLeast = ">="
        case equal = "=="
        case less = "<"
        case greater = ">"

        /// Whether `measured` satisfies the limit `value`.
        public func holds(_ measured: Double, _ value: Double) -> Bool {
            switch self {
            case .atMost: measured <= value
            case .atLeast: measured >= value
            case .equal: measured == value
            case .less: measured < value
            case .greater: measured > value
            }
        }
    }

    public enum Unit: String, Hashable, Sendable, Codable, CaseIterable {
        case none = ""
        case cycles, ns, us, ms
        case megahertz = "MHz"
        case watts = "W"
        case milliwatts = "mW"
        case percent = "%"
    }
}

extension Expectation.Metric {
    /// Units that may follow the number; the first is meant where none is written.
    public var units: [Expectation.Unit] {
        switch self {
        case .lut, .ff, .dsp, .bram, .uram: [.none, .percent]
        case .latency: [.cycles, .ns, .us, .ms]
        case .interval: [.cycles]
        case .clock: [.ns, .megahertz]
        case .slack: [.ns]
        case .power: [.watts, .milliwatts]
        case .argmaxAgreement, .accuracy: [.percent, .none]
        case .maxError, .meanError, .mismatches: [.none]
        }
    }
}

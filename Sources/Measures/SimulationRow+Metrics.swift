public import Config

extension SimulationRow {
    /// The number of a metric; nil where the output has none.
    public func measured(_ metric: Expectation.Metric) -> Double? {
        switch metric {
        case .argmaxAgreement: argmaxAgreement
        case .accuracy: classification?.accuracy.firmware
        case .maxError: maxError
        case .meanError: meanError
        case .mismatches: Double(mismatches)
        case .lut, .ff, .dsp, .bram, .uram, .latency, .interval, .clock, .slack, .power: nil
        }
    }
}

extension Expectation {
    /// Whether a number that the C simulation measured is within the limit. Of shares, per cent are of the samples:
    /// divided by 100 they are the very number that as many samples of all give.
    public func holds(simulated value: Double) -> Bool {
        comparison.holds(value, self.value.double / (unit == .percent ? 100 : 1))
    }
}

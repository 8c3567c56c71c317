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

public import Basics
public import Config
internal import Options

extension Budget {
    /// A warning for each budget that no stage of the project can check, however far it is built.
    ///
    /// Without it, a budget that nothing measures would look like one that holds.
    public static func unmeasured(_ project: Project) -> [Diagnostic] {
        project.expectations.compactMap { expectation in
            guard let help = lacking(expectation.metric, project) else { return nil }
            return .warning(
                "\(expectation.metric.rawValue): no stage of this project measures it; its budget is not checked",
                subject: ["expect", expectation.metric.rawValue], help: help)
        }
    }

    /// What the project lacks for the metric to be measured; nil: nothing.
    private static func lacking(_ metric: Expectation.Metric, _ project: Project) -> String? {
        switch metric {
        case .lut, .ff, .dsp, .bram, .uram, .latency, .interval, .clock, .slack, .power:
            switch project.backend {
            case .open: "the open back end synthesises nothing; write 'backend: vitis' for AMD's tools"
            case .vitis, .vivado: nil
            }
        case .argmaxAgreement, .maxError, .meanError, .mismatches:
            project.data.inputs.isEmpty ? "state 'data: {input: ..., expected: ...}' for stage csim to compare" : nil
        case .accuracy:
            project.data.inputs.isEmpty || project.data.labels.isEmpty
                ? "state 'data: {input: ..., labels: ...}' for stage csim to classify" : nil
        }
    }
}

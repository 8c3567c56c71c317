/// A step that computes bytes from bytes within this process, as a `PureStep` does, and may take long over it.
///
/// So it is treated as a command is: it takes its share of what may run at once, works in a thread of its own, says how
/// far it is, ends when the build is cancelled, and a dry run does not perform it but says that it would run.
public protocol LongStep: Step {
    /// The paths of the outputs that a dry run can promise to the stages after it.
    static func outputs(_ settings: Settings) -> [String]

    /// Processors that it keeps busy.
    static func cores(_ settings: Settings) -> Int

    /// Computes the outputs. Errors of type `DiagnosticError` reach the user as they are.
    /// - Parameter work: to be told now and then how far the step is; its error is to be passed on.
    static func perform(_ settings: Settings, _ inputs: StepInputs, _ work: LongWork) throws -> PureResult
}

extension LongStep {
    public static func outputs(_ settings: Settings) -> [String] { [] }

    public static func cores(_ settings: Settings) -> Int { 1 }
}

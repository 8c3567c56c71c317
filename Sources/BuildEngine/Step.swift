public import Basics

/// One kind of work: what it is called and from which settings it works.
///
/// Steps are types without values: their functions are static, so nothing can be captured. A step sees its settings and
/// its inputs and nothing else, and exactly these, together with `version`, make the key under which its result is
/// kept.
public protocol Step: Sendable {
    associatedtype Settings: Encodable & Sendable

    /// The kind's name within the program: part of every key.
    static var name: String { get }

    /// Raised by hand whenever the same settings and inputs would give other outputs than before.
    static var version: Int { get }
}

/// A step that computes bytes from bytes within this process: no files, no clock, no environment. It is quick: what may
/// take more than a moment is a `LongStep`.
public protocol PureStep: Step {
    /// Computes the outputs. Errors of type `DiagnosticError` reach the user as they are.
    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult
}

/// A step that runs a program in a folder of its own which holds nothing but the declared inputs.
public protocol CommandStep: Step {
    /// Decides what to run. The plan is part of the key: a change of argument, output or environment is a new action.
    static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan

    /// The step's own test of success; see `Judgement`. Declared outputs are checked in any case.
    static func judge(_ run: CommandRun, _ settings: Settings) -> Judgement
}

extension CommandStep {
    /// Exit status zero is success, a signal or a time-out is transient, all else a failure.
    public static func judge(_ run: CommandRun, _ settings: Settings) -> Judgement { run.judgementByStatus }
}

/// One file that a pure step made.
public struct OutputFile: Hashable, Sendable {
    /// Relative to the stage's folder, with `/` between the parts.
    public var path: String
    public var bytes: [UInt8]
    public var executable: Bool

    public init(_ path: String, _ bytes: [UInt8], executable: Bool = false) {
        self.path = path
        self.bytes = bytes
        self.executable = executable
    }

    public init(_ path: String, text: String, executable: Bool = false) {
        self.init(path, Array(text.utf8), executable: executable)
    }
}

/// What a pure step made, and what it has to say about it. The diagnostics are kept with the outputs and shown again
/// whenever the result is used.
public struct PureResult: Sendable, ExpressibleByArrayLiteral {
    public var files: [OutputFile]
    public var diagnostics: [Diagnostic]

    public init(_ files: [OutputFile], diagnostics: [Diagnostic] = []) {
        self.files = files
        self.diagnostics = diagnostics
    }

    public init(arrayLiteral files: OutputFile...) { self.init(files) }
}

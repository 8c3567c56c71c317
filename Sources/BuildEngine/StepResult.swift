public import Basics

/// How a step's result came to be.
public enum StepOutcome: String, Hashable, Sendable {
    /// The same action as in the last build; nothing was done.
    case current
    /// The result came from the store.
    case cached
    /// The step ran.
    case built
    /// Dry run: the step would run.
    case wouldRun
    /// Dry run: the step depends on what another would make and may run.
    case mayRun
}

/// What a step gave.
public struct StepResult: Sendable {
    public let stage: StageIdentity
    public let label: String
    /// The outputs by path. Empty if `isUnknown`.
    public let outputs: [String: Artifact]
    public let outcome: StepOutcome
    /// Why it ran, or would; nil if it did not.
    public let reason: Reason?
    public let diagnostics: [Diagnostic]
    /// Seconds that the step took when it ran, now or then.
    public let seconds: Double

    /// Whether this is the placeholder that a dry run gives for a step that it must not run.
    public let isUnknown: Bool

    /// The output of that path. Throws if the step made no such file; in a dry run, the output of a step that was not
    /// run is an artifact of unknown content.
    public func output(_ path: String) throws -> Artifact {
        if let artifact = outputs[path] { return artifact }
        if isUnknown {
            return Artifact(digest: nil, size: 0, origin: .step(stage: stage, label: label, path: path))
        }
        throw DiagnosticError(
            .error(
                "step \(label) of \(stage) made no file '\(path)'",
                help: "it made: \(outputs.keys.sorted().prefix(12).joined(separator: ", "))"))
    }

    /// All outputs as inputs of a further step, their paths below `folder`. In a dry run an unknown result gives one
    /// unknown input, so that what depends on it is unknown as well.
    public func inputs(under folder: String = "") -> [StepInput] {
        if isUnknown, outputs.isEmpty {
            let unknown = Artifact(digest: nil, size: 0, origin: .step(stage: stage, label: label, path: "*"))
            return [StepInput(folder.isEmpty ? label : folder + "/" + label, unknown)]
        }
        return outputs.sorted { $0.key < $1.key }.map { path, artifact in
            StepInput(folder.isEmpty ? path : folder + "/" + path, artifact)
        }
    }
}

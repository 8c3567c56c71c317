/// Why a step was run, or why its result had to be laid out again: the first thing that differs from the last build.
public enum Reason: Hashable, Sendable {
    case neverBuilt
    case settingChanged(name: String, old: String?, new: String?)
    /// Digests or nil where there was or is no such input.
    case inputChanged(name: String, from: String?, to: String?)
    case toolChanged(name: String, old: String?, new: String?)
    /// Arguments, environment or declared outputs of the command.
    case commandChanged(name: String, old: String?, new: String?)
    case stepVersionChanged(old: String?, new: String?)
    case engineChanged(old: String?, new: String?)
    case forced
    /// The last attempt failed; failures are not kept.
    case failedBefore
    /// The record of the result is gone or unreadable.
    case recordLost
    /// The content of an output is damaged in the store.
    case storeDamaged(path: String)
    /// A file below `build/` was deleted.
    case outputMissing(path: String)
    /// A file below `build/` was changed by someone else.
    case outputEdited(path: String)
    /// What the stage lays out is not what it laid out before, without any of its steps having changed.
    case layoutChanged(path: String)
    /// In a dry run: an input is the output of a command that would run first.
    case inputUnknown(name: String)

    /// One line for a person.
    public var text: String {
        switch self {
        case .neverBuilt: "never built"
        case .settingChanged(let name, let old, let new): "\(name): \(Self.change(old, new))"
        case .inputChanged(let name, nil, _): "new input \(name)"
        case .inputChanged(let name, _, nil): "input \(name) is gone"
        case .inputChanged(let name, let old?, let new?):
            "input \(name) changed: \(old.prefix(12)) -> \(new.prefix(12))"
        case .toolChanged(let name, let old, let new): "tool \(name): \(Self.change(old, new))"
        case .commandChanged(let name, let old, let new): "command \(name): \(Self.change(old, new))"
        case .stepVersionChanged(let old, let new): "the step itself: \(Self.change(old, new))"
        case .engineChanged(let old, let new): "hlsbuild itself: \(Self.change(old, new))"
        case .forced: "forced"
        case .failedBefore: "failed before"
        case .recordLost: "its result is not in .hlsbuild any more"
        case .storeDamaged(let path): "the stored copy of \(path) is damaged"
        case .outputMissing(let path): "\(path) was missing"
        case .outputEdited(let path): "\(path) was edited"
        case .layoutChanged(let path): "\(path) is laid out anew"
        case .inputUnknown(let name): "depends on \(name), which is made first"
        }
    }

    private static func change(_ old: String?, _ new: String?) -> String {
        switch (old, new) {
        case (let old?, let new?): "\(old) -> \(new)"
        case (nil, let new?): "now \(new)"
        case (let old?, nil): "was \(old), now not set"
        case (nil, nil): "changed"
        }
    }
}

public import Options

/// What can be said of a project whose file has errors: which model it is of, and which layers it has settings for.
public struct ProjectOutline: Sendable {
    public let model: ModelSource
    public let options: OptionTable
    public let places: Places
}

/// Who has a project locked.
public struct LockHolder: Hashable, Sendable {
    public let process: Int32
    public let host: String
    /// Seconds since 1970.
    public let since: Int64

    public init(process: Int32, host: String, since: Int64) {
        self.process = process
        self.host = host
        self.since = since
    }

    /// For a person: "process 4711 on host xy".
    public var text: String { "process \(process) on \(host)" }
}

/// What an exported IP is called in Vivado's catalog. What is nil, the tool chooses.
public struct IPDescription: Hashable, Sendable, Codable {
    public var vendor: String?
    public var library: String?
    /// In full, `major.minor.revision`: the last number becomes the IP's revision.
    public var version: String
    public var displayName: String?
    public var description: String?

    public init(
        vendor: String? = nil, library: String? = nil, version: String = "1.0.0", displayName: String? = nil,
        description: String? = nil
    ) {
        self.vendor = vendor
        self.library = library
        self.version = version
        self.displayName = displayName
        self.description = description
    }
}

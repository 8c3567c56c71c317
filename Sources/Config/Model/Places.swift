public import Basics

/// Where each value of a project was written, by its path of keys.
///
/// Kept beside the values and never inside them: moving a line re-runs nothing.
public struct Places: Hashable, Sendable {
    private var places: [[String]: SourceLocation] = [:]
    /// Where the document begins.
    public let start: SourceLocation

    init(start: SourceLocation) { self.start = start }

    mutating func record(_ path: [String], _ location: SourceLocation) {
        places[Self.canonical(path)] = location
    }

    /// The place of the longest written beginning of `subject`, else the start of the file.
    public func locate(_ subject: [String]) -> SourceLocation {
        var path = Self.canonical(subject)
        while !path.isEmpty {
            if let place = places[path] { return place }
            path.removeLast()
        }
        return start
    }

    /// Whether exactly this path was written.
    public func wrote(_ path: [String]) -> Bool { places[Self.canonical(path)] != nil }

    /// Layer and type names are compared without regard to case.
    private static func canonical(_ path: [String]) -> [String] { path.map { $0.lowercased() } }
}

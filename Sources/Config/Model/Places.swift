public import Basics

/// Where each value of a project was written, by its path of keys.
///
/// Kept beside the values and never inside them: moving a line re-runs nothing.
public struct Places: Sendable {
    private var places: [[String]: SourceLocation] = [:]
    /// The same without capitals: of several keys that differ in nothing else the last.
    private var folded: [[String]: SourceLocation] = [:]
    /// Where the document begins.
    public let start: SourceLocation

    init(start: SourceLocation) { self.start = start }

    mutating func record(_ path: [String], _ location: SourceLocation) {
        places[path] = location
        folded[Self.folded(path)] = location
    }

    /// The place of the longest written beginning of `subject`, else the start of the file.
    public func locate(_ subject: [String]) -> SourceLocation {
        var path = subject
        while !path.isEmpty {
            if let found = places[path] ?? folded[Self.folded(path)] { return found }
            path.removeLast()
        }
        return start
    }

    /// Whether this path was written, with whatever capitals.
    public func wrote(_ path: [String]) -> Bool { folded[Self.folded(path)] != nil }

    private static func folded(_ path: [String]) -> [String] { path.map { $0.lowercased() } }
}

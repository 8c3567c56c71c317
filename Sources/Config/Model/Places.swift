public import Basics

/// Where each value of a project was written, by its path of keys.
///
/// Kept beside the values and never inside them: moving a line re-runs nothing.
public struct Places: Sendable {
    private var places: [[String]: (place: SourceLocation, spelling: String)] = [:]
    /// Where the document begins.
    public let start: SourceLocation

    init(start: SourceLocation) { self.start = start }

    mutating func record(_ path: [String], _ location: SourceLocation) {
        guard let last = path.last else { return }
        places[Self.canonical(path)] = (location, last)
    }

    /// The place of the longest written beginning of `subject`, else the start of the file.
    public func locate(_ subject: [String]) -> SourceLocation {
        var path = Self.canonical(subject)
        while !path.isEmpty {
            if let found = places[path] { return found.place }
            path.removeLast()
        }
        return start
    }

    /// Whether exactly this path was written.
    public func wrote(_ path: [String]) -> Bool { places[Self.canonical(path)] != nil }

    /// The last key of a written path, with the capitals that it was written with.
    func spelling(of path: [String]) -> String? { places[Self.canonical(path)]?.spelling }

    /// Layer and type names are compared without regard to case.
    private static func canonical(_ path: [String]) -> [String] { path.map { $0.lowercased() } }
}

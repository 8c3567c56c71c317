internal import Basics
internal import Config
internal import Tools
internal import Vendor

/// A project file and the files that it names, moved to where they lie in a release.
///
/// Files below the project's folder keep their places. One that lies elsewhere gets a place in `files/`, and the
/// project file is changed to name that: no path of this machine may enter a release.
struct PortableProject {
    /// The project file's text as it enters the release.
    private(set) var text: [UInt8]
    /// The settings of the command line, likewise.
    private(set) var settings: [String]
    /// Where each file that the project names lies in the release's project folder, by the path that names it.
    private(set) var places: [String: String] = [:]

    /// - Parameters:
    ///   - name: the project file's own name.
    ///   - releases: which release each of the vendor's tools is that the project names.
    init(
        _ project: Project, text: [UInt8], settings: [String], name: String, releases: [ToolName: ToolVersion] = [:]
    ) throws(DiagnosticError) {
        self.text = text
        self.settings = settings
        let paths = Self.files(of: project)
        var taken: Set<String> = [name]
        var moves: [(from: String, to: String)] = []
        for path in paths where Self.isInside(path) {
            places[path] = Self.plain(path)
            taken.insert(Self.plain(path))
        }
        for path in paths where !Self.isInside(path) {
            let place = Self.freePlace(for: path, &taken)
            places[path] = place
            moves.append((path, place))
        }
        for (tool, place) in project.tools where place.contains("/") {
            moves.append((place, Self.portable(tool, place, releases[tool])))
        }
        // A path may be the beginning of another.
        for move in moves.sorted(by: { $0.from.utf8.count > $1.from.utf8.count }) {
            self.text = Self.replacing(move.from, move.to, in: self.text)
            self.settings = self.settings.map {
                String(decoding: Self.replacing(move.from, move.to, in: Array($0.utf8)), as: UTF8.self)
            }
        }
        if !moves.isEmpty { try check(project, paths, name) }
    }

    /// What stands for a tool's place, which is this machine's: a vendor's tool is looked for by its release wherever
    /// the release is rebuilt, any other by its name.
    private static func portable(_ tool: ToolName, _ place: String, _ release: ToolVersion?) -> String {
        let stated = tool.role == nil ? nil : ToolVersion(path: place) ?? release
        return stated?.description ?? last(of: place)
    }

    static func files(of project: Project) -> [String] {
        var seen: Set<String> = []
        return (project.model.files + project.data.inputs + project.data.expected).filter { seen.insert($0).inserted }
    }

    /// The changed file must say what the old one said, but for the places.
    private func check(_ project: Project, _ paths: [String], _ name: String) throws(DiagnosticError) {
        let changed = try? ProjectFile.parse(text, file: name, overrides: settings)
        let wanted = paths.map { places[$0].flatMap { Self.isInside($0) ? $0 : nil } ?? "" }
        if let changed, let tool = changed.tools.first(where: { $0.value.contains("/") }) {
            throw DiagnosticError(
                .error(
                    "'\(tool.value)' is a place of this machine, and the project file cannot be changed to say otherwise",
                    subject: ["tools", tool.key.rawValue],
                    help: "name the tool in ~/.config/hlsbuild/tools.yml, or write its release, as in 'vitis: 2024.2'"))
        }
        guard let changed, Self.files(of: changed).map(Self.plain) == wanted else {
            let outside = paths.filter { !Self.isInside($0) }.joined(separator: "', '")
            throw DiagnosticError(
                .error(
                    "'\(outside)' lies outside of the project's folder, and the project file cannot be changed to say "
                        + "otherwise", subject: ["model"],
                    help: "a release holds all files below one folder: copy the file into the project's folder"))
        }
    }

    private static func isInside(_ path: String) -> Bool {
        if path.utf8.first == UInt8(ascii: "/") { return false }
        return !path.split(separator: "/").contains("..")
    }

    /// Without `.` and double slashes.
    private static func plain(_ path: String) -> String {
        path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    private static func last(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    private static func freePlace(for path: String, _ taken: inout Set<String>) -> String {
        let name = last(of: path)
        var place = "files/" + name
        var number = 2
        while !taken.insert(place).inserted {
            place = "files/\(number)-\(name)"
            number += 1
        }
        return place
    }

    private static func replacing(_ old: String, _ new: String, in text: [UInt8]) -> [UInt8] {
        let old = Array(old.utf8)
        guard !old.isEmpty, text.count >= old.count else { return text }
        var result: [UInt8] = []
        var at = 0
        while at < text.count {
            if at + old.count <= text.count, text[at..<at + old.count].elementsEqual(old) {
                result += new.utf8
                at += old.count
            } else {
                result.append(text[at])
                at += 1
            }
        }
        return result
    }
}

internal import Basics
internal import Config
internal import Release
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
    private(set) var places: [ExactText: String] = [:]

    /// - Parameters:
    ///   - name: the project file's own name.
    ///   - releases: which release each of the vendor's tools is that the project names.
    init(
        _ project: Project, text: [UInt8], settings: [String], name: String, releases: [ToolName: ToolVersion] = [:]
    ) throws(DiagnosticError) {
        self.text = text
        self.settings = settings
        let paths = Self.files(of: project)
        // Two spellings of one text are one name to some of the systems that will unpack the release.
        var taken: Set<String> = [name]
        var moves: [(from: String, to: String)] = []
        var kept: Set<ExactText> = [ExactText(name)]
        for path in paths where Self.mayStay(path) {
            let place = PathText.plain(path)
            guard taken.insert(place).inserted || kept.contains(ExactText(place)) else { continue }
            kept.insert(ExactText(place))
            places[ExactText(path)] = place
        }
        for path in paths where places[ExactText(path)] == nil {
            let place = Self.freePlace(for: path, &taken)
            places[ExactText(path)] = place
            moves.append((path, place))
        }
        for (tool, place) in project.tools where place.has("/") {
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
        return stated?.description ?? PathText.name(of: place)
    }

    /// Where a file lies in the release's project folder that the project names there; nil if it names none that is.
    static func place(ofInside path: String) -> String? {
        let place = PathText.plain(path)
        guard Tar.wrong(with: place) == nil, !PathText.isAbsolute(path) else { return nil }
        // What the engine keeps could tell it that a build is done already.
        return "\(place)/".begins(with: ".hlsbuild/") ? nil : place
    }

    static func files(of project: Project) -> [String] {
        var seen: Set<ExactText> = []
        return (project.model.files + project.data.files).filter {
            seen.insert(ExactText($0)).inserted
        }
    }

    /// The changed file must say what the old one said, but for the places.
    private func check(_ project: Project, _ paths: [String], _ name: String) throws(DiagnosticError) {
        let changed = try? ProjectFile.parse(text, file: name, overrides: settings)
        var wanted = paths.map { ExactText(places[ExactText($0)] ?? "") }
        // The file of a model's numbers that the model names is found where the model is.
        if case .file? = changed?.model, case .parts(let model, let data) = project.model, Self.mayStay(model),
            Self.mayStay(data), let place = paths.firstIndex(where: { $0.isExactly(data) })
        {
            wanted.remove(at: place)
        }
        if let changed, let tool = changed.tools.first(where: { $0.value.has("/") }) {
            throw DiagnosticError(
                .error(
                    "'\(tool.value)' is a place of this machine, and the project file cannot be changed to say otherwise",
                    subject: ["tools", tool.key.rawValue],
                    help: "name the tool in ~/.config/hlsbuild/tools.yml, or write its release, as in 'vitis: 2024.2'"))
        }
        guard let changed, Self.files(of: changed).map({ ExactText(PathText.plain($0)) }) == wanted else {
            let outside = paths.filter { !$0.isExactly(places[ExactText($0)] ?? "") }.joined(separator: "', '")
            throw DiagnosticError(
                .error(
                    "'\(outside)' lies outside of the project's folder, and the project file cannot be changed to say "
                        + "otherwise", subject: ["model"],
                    help: "a release holds all files below one folder: copy the file into the project's folder"))
        }
    }

    /// Whether a file lies below the project's folder by a name that an archive may hold.
    private static func mayStay(_ path: String) -> Bool {
        !PathText.isAbsolute(path) && (try? PathName(PathText.plain(path))) != nil
    }

    private static func freePlace(for path: String, _ taken: inout Set<String>) -> String {
        // There is room for a number before it.
        let name = PathName.part(for: PathText.name(of: path), room: 20)
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

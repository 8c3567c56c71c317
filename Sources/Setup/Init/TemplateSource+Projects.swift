internal import Basics
internal import Steps

extension TemplateSource {
    /// The folder of example projects among the templates.
    static let projects = "projects"

    /// The example projects that `init` can copy: names, and files by their names in the project.
    func projects() -> [(name: String, files: [(name: String, bytes: [UInt8])])] {
        var found: [String: [(name: String, bytes: [UInt8])]] = [:]
        switch self {
        case .folder(let root):
            for project in Self.names(root + "/" + Self.projects) {
                for file in Self.names(root + "/" + Self.projects + "/" + project) {
                    let path = [root, Self.projects, project, file].joined(separator: "/")
                    if let bytes = try? Files.read(path, within: .templates) {
                        found[project, default: []].append((file, bytes))
                    }
                }
            }
        case .embedded:
            for file in EmbeddedTemplates.files where file.path.begins(with: Self.projects + "/") {
                let parts = PathText.parts(of: file.path)
                if parts.count == 3 { found[parts[1], default: []].append((parts[2], file.bytes)) }
            }
        }
        return found.sorted { $0.key < $1.key }.map { (name: $0.key, files: $0.value) }
    }

    private static func names(_ folder: String) -> [String] {
        ((try? Files.list(folder)) ?? []).filter { !$0.begins(with: ".") }
    }
}

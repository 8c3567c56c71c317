import Basics

/// The templates a project is written from, by their path below `Templates`.
struct TemplateFolder {
    let files: [String: [UInt8]]

    /// The bytes of a file that is copied as it is.
    func bytes(_ path: String) throws(DiagnosticError) -> [UInt8] {
        guard let bytes = files[path] else {
            let nearest = Spelling.nearest(to: path, in: files.keys.sorted()).map { "; there is \($0)" } ?? ""
            throw DiagnosticError(
                .error(
                    "the template \(path) is missing",
                    help: "the folder Templates must hold all files of this release\(nearest)"))
        }
        return bytes
    }

    /// A template with its holes filled.
    func render(_ path: String, _ values: [String: TemplateValue]) throws(DiagnosticError) -> String {
        try Template(name: path, try bytes(path)).render(values)
    }
}

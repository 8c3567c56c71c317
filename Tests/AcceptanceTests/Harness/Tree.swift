import Basics

/// The files of a folder: path to content, for comparisons byte for byte.
struct Tree: Equatable {
    /// Digest, and whether the file may be executed.
    private(set) var files: [String: String] = [:]

    /// - Parameter excluding: names at the top that are left out.
    init(_ folder: String, excluding: Set<String> = []) throws {
        for name in (try? Files.list(folder)) ?? [] where !excluding.contains(name) {
            try visit(folder + "/" + name, name)
        }
    }

    private mutating func visit(_ path: String, _ name: String) throws {
        guard let status = Files.linkStatus(path) else { return }
        switch status.kind {
        case .directory: for inner in try Files.list(path) { try visit(path + "/" + inner, name + "/" + inner) }
        case .file: files[name] = try Files.digest(path).digest.hex + (status.isExecutable ? " executable" : "")
        case .link, .other: files[name] = "not a file"
        }
    }

    /// The paths whose files differ, those that only one has among them.
    func differences(from other: Tree) -> [String] {
        Set(files.keys).union(other.files.keys).filter { files[$0] != other.files[$0] }.sorted()
    }

    /// Equal for equal trees.
    var digest: Digest {
        Digest(of: files.sorted { $0.key < $1.key }.map { "\($0.key)\0\($0.value)\n" }.joined())
    }
}

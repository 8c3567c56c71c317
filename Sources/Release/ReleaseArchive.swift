public import Basics

/// A release: files below one folder, with a list of their digests among them.
public struct ReleaseArchive: Sendable {
    /// The folder that everything lies in: the project's name.
    public var root: String
    /// Contents by paths below the root; `SHA256SUMS` is not among them: it follows from them.
    public var files: [String: [UInt8]]

    public init(root: String, files: [String: [UInt8]]) {
        self.root = root
        self.files = files
    }

    /// The list of digests, as `sha256sum -c` reads it in the release's folder.
    public static let sums = "SHA256SUMS"

    /// Paths in the order of their bytes, whatever the locale.
    public var paths: [String] { files.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

    /// The release as the bytes of one file: the same for the same files, always.
    ///
    /// - Throws: names that some tool would not read, and what is larger than `verify` takes.
    public func encoded() throws(DiagnosticError) -> [UInt8] {
        try checkSize()
        for path in paths {
            if let what = Tar.wrong(with: path) {
                throw DiagnosticError(.error(what, help: "rename the file: a release is read by many tools"))
            }
        }
        let list = Array(sumsText.utf8)
        let entries =
            [Tar.Entry(root + "/" + Self.sums, list)]
            + paths.map { Tar.Entry(root + "/" + $0, files[$0] ?? []) }
        return try Tar.encode(entries)
    }

    /// What is released can be verified. Nothing is copied or hashed for it.
    private func checkSize() throws(DiagnosticError) {
        let limit = InputLimit.release
        guard files.count < limit.elements else {
            throw DiagnosticError(
                .error("the release has \(files.count) files, more than 'hlsbuild verify' reads (\(limit.elements))"))
        }
        let size = files.values.reduce(0) { $0 + Tar.room(for: $1.count) }
        guard size > limit.bytes, let largest = files.max(by: { $0.value.count < $1.value.count }) else { return }
        throw DiagnosticError(
            .error(
                "the release has \(size) bytes, more than 'hlsbuild verify' reads (\(limit.bytes))",
                help: "the largest of its files is '\(largest.key)' with \(largest.value.count) bytes"))
    }

    private var sumsText: String {
        paths.map { "\(Digest(of: files[$0] ?? []).hex)  \($0)\n" }.joined()
    }

    /// Reads a release and checks everything about it: container, names, the list of digests and every digest.
    ///
    /// - Throws: every file that is not as the list states it, at once; the container's first fault.
    public init(verifying bytes: [UInt8]) throws(DiagnosticError) {
        let entries = try Tar.decode(bytes)
        guard let first = entries.first, let root = first.path.rest(before: "/" + Self.sums), !root.has("/") else {
            throw DiagnosticError(.error("this is no release: it does not begin with \(Self.sums)"))
        }
        var files: [String: [UInt8]] = [:]
        for entry in entries.dropFirst() {
            guard let path = entry.path.rest(behind: root + "/") else {
                throw DiagnosticError(.error("'\(entry.path)' lies outside of '\(root)'"))
            }
            files[path] = entry.bytes
        }
        self.init(root: root, files: files)
        try compare(list: first.bytes)
        // The order of the entries is a part of what makes two releases equal.
        guard try encoded() == bytes else {
            throw DiagnosticError(.error("the files are not in the order that hlsbuild writes them in"))
        }
    }

    /// Holds the list against the files.
    private func compare(list: [UInt8]) throws(DiagnosticError) {
        var faults: [Diagnostic] = []
        var listed: Set<ExactText> = []
        for line in list.split(separator: 10) {
            let path = String(decoding: line.dropFirst(66), as: UTF8.self)
            guard let digest = Digest(hex: String(decoding: line.prefix(64), as: UTF8.self)), !path.isEmpty,
                line.dropFirst(64).starts(with: "  ".utf8)
            else {
                let shown = String(decoding: line.prefix(80), as: UTF8.self)
                faults.append(.error("\(Self.sums) has a line that is none: '\(shown)'"))
                continue
            }
            listed.insert(ExactText(path))
            guard let bytes = files[path] else {
                faults.append(.error("'\(path)' is listed in \(Self.sums) and is not there"))
                continue
            }
            let found = Digest(of: bytes)
            if found != digest {
                faults.append(
                    .error("'\(path)' has SHA-256 \(found.hex), but \(Self.sums) states \(digest.hex)"))
            }
        }
        for path in paths where !listed.contains(ExactText(path)) {
            faults.append(.error("'\(path)' is not listed in \(Self.sums)"))
        }
        if faults.isEmpty, !list.elementsEqual(sumsText.utf8) {
            faults.append(.error("\(Self.sums) is not in the form that hlsbuild writes"))
        }
        if !faults.isEmpty { throw DiagnosticError(faults) }
    }
}

public import Basics
internal import BuildEngine
internal import Glibc

/// A file that a user names to be written: a new one, or a regular file that is replaced whole, in one instant.
///
/// A link is followed: the file that it leads to is replaced, and the link stays. Whatever is no regular file, a device
/// or a pipe, is refused, and so is what must not be lost.
public struct OutputPlace: Sendable {
    /// As the user names it.
    public let name: String
    /// Where the bytes go, absolute and without any link: two names of one file have the same.
    public let path: String
    private let kept: KeptFiles

    /// Says what stands against writing there before any work is done.
    public init(_ name: String, sparing kept: KeptFiles) throws(DiagnosticError) {
        func refused(_ why: String) -> DiagnosticError {
            DiagnosticError(.error("cannot write '\(name)': \(why)", help: "name another file"))
        }
        let status = Files.status(name)
        switch status?.kind {
        case nil, .file: break
        case .directory: throw refused("it is a folder")
        case .link, .other: throw refused("it is no regular file but a device, a pipe or a socket")
        }
        guard let last = Self.behindLinks(name) else { throw refused("its links lead nowhere") }
        let (folder, file) = PathText.split(last)
        guard !["", ".", ".."].contains(file) else { throw refused("it names a folder") }
        guard Files.status(folder)?.kind == .directory, let real = Self.real(folder) else {
            throw DiagnosticError(
                .error("cannot write '\(name)': there is no folder '\(folder)'", help: "make it, or name another file"))
        }
        let path = (real == "/" ? "" : real) + "/" + file
        // A link of the kernel's own to an open file may say anything.
        let found = Files.linkStatus(path)
        guard found?.device == status?.device, found?.inode == status?.inode else {
            throw refused("it cannot be replaced")
        }
        if let why = kept.reason(file: path, in: real) { throw refused(why) }
        self.name = name
        self.path = path
        self.kept = kept
    }

    /// Writes the file, whole or not at all.
    /// - Throws: `DiagnosticError` if it cannot be written there any more, `FileError` if writing fails.
    public func write(_ bytes: [UInt8]) throws {
        // What was built meanwhile may have changed what is there.
        let now = try OutputPlace(name, sparing: kept)
        now.removeParts()
        try Files.write(bytes, to: now.path)
    }

    /// Removes what a command that was killed while writing the same file has left beside it.
    private func removeParts() {
        let (folder, name) = PathText.split(path)
        let unfinished = Files.unfinishedName(of: name)
        for other in (try? Files.list(folder)) ?? [] {
            guard let process = other.rest(behind: unfinished).flatMap({ Int32($0) }), process > 0,
                ProcessMark(process) == nil
            else { continue }
            unlink(folder + "/" + other)
        }
    }

    /// The path that is left when the last part of a path, as long as it is a link, is followed; nil in a circle.
    private static func behindLinks(_ name: String) -> String? {
        var path = name
        for _ in 0..<40 {
            guard Files.linkStatus(path)?.kind == .link else { return path }
            var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
            let count = readlink(path, &buffer, buffer.count)
            guard count > 0 else { return nil }
            let target = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
            path = PathText.isAbsolute(target) ? target : PathText.split(path).folder + "/" + target
        }
        return nil
    }

    private static func real(_ folder: String) -> String? {
        guard let path = realpath(folder, nil) else { return nil }
        defer { free(path) }
        return String(cString: path)
    }
}

extension OutputPlace {
    /// The places of some files, of which no two may be the same.
    public static func all(_ names: [String], sparing kept: KeptFiles) throws(DiagnosticError) -> [OutputPlace] {
        var places: [OutputPlace] = []
        for name in names {
            let place = try OutputPlace(name, sparing: kept)
            if let first = places.first(where: { $0.path == place.path }) {
                throw DiagnosticError(
                    .error("'\(first.name)' and '\(name)' are one file", help: "name one file for each output"))
            }
            places.append(place)
        }
        return places
    }

    /// Says what stands against writing files of any name into a folder, which need not be there yet.
    public static func check(folder name: String, sparing kept: KeptFiles) throws(DiagnosticError) {
        func refused(_ why: String) -> DiagnosticError {
            DiagnosticError(.error("cannot write into '\(name)': \(why)", help: "name another folder"))
        }
        if let kind = Files.status(name)?.kind, kind != .directory { throw refused("it is no folder") }
        if let why = kept.reason(folder: name) { throw refused(why) }
    }
}

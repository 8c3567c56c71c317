internal import Basics
internal import Glibc

/// The answer to a build with nothing to do, without doing it.
///
/// After a build that found nothing to do, everything that it had looked at is in `.hlsbuild/quiet`: files with their
/// status, absent files, variables. If all of that is as it was, so is the answer. A record that is missing, damaged,
/// of another request or program proves nothing, and the build is done in full.
public enum QuietCheck {
    /// This program.
    static let executable = "/proc/self/exe"

    /// The summary of the build that need not be done, with the warnings it would give; nil if it must be done.
    /// - Parameters:
    ///   - request: As in `BuildOptions.request`.
    ///   - folder: The project's folder.
    ///   - environment: How to look up a variable; by default in this process's environment.
    public static func holds(
        request: String, in folder: String, environment: ((String) -> String?)? = nil
    ) -> BuildSummary? {
        guard var bytes = try? Files.read(folder + "/.hlsbuild/quiet", within: .state) else { return nil }
        let sealed = 4 + 64 + 1
        guard bytes.count > sealed else { return nil }
        let body = Array(bytes[..<(bytes.count - sealed)])
        guard bytes.suffix(sealed).elementsEqual("end \(Digest(of: body).hex)\n".utf8) else { return nil }
        let base = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard base >= 0 else { return nil }
        defer { close(base) }
        let end = bytes.count - sealed
        return bytes.withUnsafeMutableBufferPointer { buffer in
            var scanner = QuietScanner(
                bytes: buffer, end: end, folder: folder, base: base, environment: environment)
            return scanner.summary(request: Digest(of: request))
        }
    }
}

/// Walks over the record in place: no text is made of what is only to be compared.
private struct QuietScanner {
    let bytes: UnsafeMutableBufferPointer<UInt8>
    let end: Int
    /// The project's folder, and the same folder open.
    let folder: String
    let base: Int32
    let environment: ((String) -> String?)?
    var at = 0

    mutating func summary(request: Digest) -> BuildSummary? {
        guard line() == QuietRecord.header, line() == request.hex else { return nil }
        var stages: [(name: String, count: Int, diagnostics: [Diagnostic])] = []
        while at < end {
            let letter = bytes[at]
            at += 1
            switch letter {
            case UInt8(ascii: "s"):
                guard let count = number(), let name = name() else { return nil }
                stages.append((String(cString: name), Int(count), []))
            case UInt8(ascii: "w"):
                guard let name = name(), !stages.isEmpty,
                    let diagnostic = Diagnostic(fields: SealedLine.split(String(cString: name)))
                else { return nil }
                stages[stages.count - 1].diagnostics.append(diagnostic)
            case UInt8(ascii: "t"): guard isUnchanged(followLinks: true) else { return nil }
            case UInt8(ascii: "l"): guard isUnchanged(followLinks: false) else { return nil }
            case UInt8(ascii: "v"): guard isSameVariable() else { return nil }
            case UInt8(ascii: "c"): guard isSameContent() else { return nil }
            default: return nil
            }
        }
        let reports = stages.map { stage in
            StageReport(
                stage: StageIdentity(stage.name), outcome: .current, why: "", reason: nil, seconds: 0,
                actions: ActionCounts(current: stage.count), steps: [], diagnostics: stage.diagnostics)
        }
        return BuildSummary(stages: reports, seconds: 0)
    }

    /// The rest of the line as text.
    private mutating func line() -> String {
        let start = at
        while at < end, bytes[at] != 10 { at += 1 }
        defer { at += 1 }
        return String(decoding: bytes[start..<min(at, end)], as: UTF8.self)
    }

    /// The rest of the line after a space, as a C string within the buffer.
    private mutating func name() -> UnsafePointer<CChar>? {
        guard at < end, bytes[at] == 32, let start = bytes.baseAddress?.advanced(by: at + 1) else { return nil }
        while at < end, bytes[at] != 10 { at += 1 }
        guard at < end else { return nil }
        bytes[at] = 0
        at += 1
        return UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self)
    }

    /// Digits in the given base, with a sign; the byte after them is not taken.
    private mutating func number(radix: Int64 = 10) -> Int64? {
        var value: Int64 = 0
        let start = at
        let isNegative = at < end && bytes[at] == UInt8(ascii: "-")
        if isNegative { at += 1 }
        while at < end, bytes[at] >= 48, bytes[at] <= 57 {
            value = value &* radix &+ Int64(bytes[at] - 48)
            at += 1
        }
        return at > start ? (isNegative ? 0 &- value : value) : nil
    }

    private mutating func field(radix: Int64 = 10) -> Int64? {
        guard at < end, bytes[at] == UInt8(ascii: ",") else { return nil }
        at += 1
        return number(radix: radix)
    }

    private mutating func isUnchanged(followLinks: Bool) -> Bool {
        guard at < end else { return false }
        var status = stat()
        let flags = followLinks ? 0 : AT_SYMLINK_NOFOLLOW
        if bytes[at] == UInt8(ascii: "-") {
            at += 1
            guard let name = name() else { return false }
            return fstatat(base, name, &status, flags) != 0 && (errno == ENOENT || errno == ENOTDIR)
        }
        let kind = bytes[at]
        at += 1
        guard let size = field(), let mode = field(radix: 8), let modified = field(), let changed = field(),
            let inode = field(), let device = field(), let name = name(), fstatat(base, name, &status, flags) == 0
        else { return false }
        let now = FileStatus(status)
        return now.kind.rawValue.asciiValue == kind && now.size == size && Int64(now.mode) == mode
            && now.modified == modified && now.changed == changed && Int64(bitPattern: now.inode) == inode
            && Int64(bitPattern: now.device) == device
    }

    /// The text up to the next space.
    private mutating func word() -> String {
        let start = at
        while at < end, bytes[at] != 32 { at += 1 }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    /// For a file whose status does not tell: it is read.
    private mutating func isSameContent() -> Bool {
        let stated = word()
        guard let name = name() else { return false }
        let path = ProjectPaths(folder: folder).absolute(String(cString: name))
        return (try? Files.digest(path).digest.hex) == stated
    }

    private mutating func isSameVariable() -> Bool {
        let stated = word()
        guard let name = name() else { return false }
        let value: String? =
            if let environment {
                environment(String(cString: name))
            } else {
                getenv(name).map { String(cString: $0) }
            }
        return stated == (value.map { Digest(of: $0).hex } ?? "-")
    }
}

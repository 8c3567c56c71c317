internal import BuildEngine
internal import Basics
internal import Glibc

/// What a killed hlsbuild left running.
///
/// Nobody can end the children of a process that is killed at once. So every command leaves a note beside its log, and
/// whoever runs the same step next ends what the note names, if it is still the same process.
struct Leftovers {
    private let note: String

    init(log: String) { note = log + ".running" }

    /// Notes that a process group runs now.
    func write(leader: Int32) {
        guard let started = Self.startTime(of: leader) else { return }
        let file = open(note, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { return }
        let text = Array("\(leader) \(started)\n".utf8)
        _ = text.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        close(file)
    }

    /// Takes the note away: the command has ended.
    func clear() { unlink(note) }

    /// Ends the group that an earlier run left, if it did.
    func end() {
        guard let text = try? Files.text(note) else { return }
        let fields = text.split(whereSeparator: \.isWhitespace)
        if fields.count == 2, let leader = Int32(fields[0]), leader > 1, Self.startTime(of: leader) == String(fields[1])
        {
            kill(-leader, SIGKILL)
        }
        clear()
    }

    /// When a process was started, in the kernel's ticks: with its number this names it for good.
    private static func startTime(of process: Int32) -> String? {
        guard let text = try? Files.text("/proc/\(process)/stat"), let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        return fields.count > 19 ? String(fields[19]) : nil
    }
}

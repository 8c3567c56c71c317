internal import Basics
internal import BuildEngine
internal import Glibc

/// What a killed hlsbuild left running.
///
/// Nobody can end the children of a process that is killed at once. So every command leaves a note beside its log, and
/// whoever runs the same step next ends what the note names, if it is still the same process.
struct Leftovers {
    private static let ending = ".running"
    private let note: String

    init(log: String) { note = log + Self.ending }

    private init(note: String) { self.note = note }

    /// All notes below a folder.
    static func all(below folder: String) -> [Leftovers] {
        ((try? Files.list(folder)) ?? []).flatMap { name -> [Leftovers] in
            let path = folder + "/" + name
            if Files.linkStatus(path)?.kind == .directory { return all(below: path) }
            return name.ends(with: ending) ? [Leftovers(note: path)] : []
        }
    }

    /// Notes that a process group runs now.
    func write(leader: Int32) {
        guard let mark = ProcessMark(leader) else { return }
        let file = open(note, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { return }
        let text = Array((mark.text + "\n").utf8)
        _ = text.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        close(file)
    }

    /// Takes the note away: the command has ended.
    func clear() { unlink(note) }

    /// Ends the group that an earlier run left, if it did.
    /// - Parameter own: groups that this process has started itself; asked after the note was read, since a group is
    ///   known before its note is written.
    func end(except own: () -> Set<Int32> = { [] }) {
        guard let text = try? Files.text(note, within: .state) else { return }
        if let mark = ProcessMark(text: text) {
            if own().contains(mark.number) { return }
            if mark.isRunning { kill(-mark.number, SIGKILL) }
        }
        clear()
    }
}

import Basics
import BuildEngine
import Glibc
import Synchronization

/// Prints a line for people: unlike `print`, it goes out at once and a full disk is noticed. It stays one line.
func say(_ line: String) { Terminal.writeOut(line.visible + "\n") }

/// Prints an object for programs, on a line.
func say(_ json: JSONValue) { Terminal.write(asItIs: json.text + "\n") }

/// Columns and rows of a terminal.
struct TerminalSize: Hashable {
    var columns = 80
    var rows = 24
}

/// The two streams of the program.
enum Terminal {
    /// Why standard output could not be written; 0 if it could, or if its reader has gone away.
    static var failure: Int32 { writeFailure.load(ordering: .relaxed) }

    /// Whether nobody reads standard output any more: what goes on for ever for its reader may end.
    static var hasLostReader: Bool { readerIsGone.load(ordering: .relaxed) }

    private static let writeFailure = Atomic<Int32>(0)
    private static let readerIsGone = Atomic<Bool>(false)

    /// Lines for people. Names in them cannot steer the terminal.
    static func writeError(_ text: String) {
        write(VisibleText.bytes(Array(text.utf8), .block), to: STDERR_FILENO)
    }

    /// Lines for people. Names in them cannot steer the terminal.
    static func writeOut(_ text: String) { writeOut(Array(text.utf8)) }

    /// Whole characters, in UTF-8 or whatever else a tool writes.
    static func writeOut(_ bytes: [UInt8]) { write(VisibleText.bytes(bytes, .block), to: STDOUT_FILENO) }

    /// What this program alone has made: colours, a cursor that moves, JSON.
    static func write(asItIs text: String) { write(Array(text.utf8), to: STDOUT_FILENO) }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var bytes = bytes[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                guard descriptor == STDOUT_FILENO else { return }
                if errno == EPIPE {
                    readerIsGone.store(true, ordering: .relaxed)
                } else {
                    writeFailure.store(errno, ordering: .relaxed)
                }
                return
            }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Tells people of a diagnostic, and with `--json` programs as well.
    static func tell(_ diagnostic: Diagnostic) {
        show(diagnostic)
        if GivenWords.askForJSON { say(BuildEvent.diagnostic(diagnostic, stage: nil).json) }
    }

    /// A diagnostic for people.
    static func show(_ diagnostic: Diagnostic) {
        write(Array(diagnostic.rendered(Style.errors.paint).utf8), to: STDERR_FILENO)
    }

    /// Whether a person watches: a terminal that can move its cursor, and no CI.
    static var isInteractive: Bool { obeys(STDOUT_FILENO) && variable("CI") == nil }

    /// Whether a stream may be coloured: it is a terminal, and nobody has asked for none.
    static func allowsColor(_ stream: Int32) -> Bool {
        obeys(stream) && !GivenWords.forbidColor && (variable("NO_COLOR") ?? "").isEmpty
    }

    /// Whether a stream is a terminal that obeys more than letters and the ends of lines.
    private static func obeys(_ stream: Int32) -> Bool {
        isatty(stream) == 1 && !["", "dumb"].contains(variable("TERM") ?? "")
    }

    /// The terminal's columns and rows now; 80 and 24 where it does not say.
    static var size: TerminalSize {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 else { return TerminalSize() }
        return TerminalSize(
            columns: size.ws_col > 0 ? Int(size.ws_col) : TerminalSize().columns,
            rows: size.ws_row > 0 ? Int(size.ws_row) : TerminalSize().rows)
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

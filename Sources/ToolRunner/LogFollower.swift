internal import Glibc

/// Reads a growing log and hands on its lines.
///
/// The program writes straight into the file: nothing is lost if this process dies, and a grandchild that keeps its
/// output open holds up nobody. The price is looking at the file now and then while the program runs.
struct LogFollower: ~Copyable {
    private let file: Int32
    private var splitter = LineSplitter()
    private let onLine: @Sendable (String) -> Void

    init(file: Int32, onLine: @escaping @Sendable (String) -> Void) {
        self.file = file
        self.onLine = onLine
    }

    /// Follows the log until the task is cancelled, and then to its end.
    mutating func follow() async {
        while !Task.isCancelled {
            drain()
            try? await Task.sleep(for: .milliseconds(50))
        }
        drain()
        if let last = splitter.finish() { onLine(last) }
    }

    private mutating func drain() {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            for line in splitter.add(buffer[..<count]) { onLine(line) }
        }
    }
}

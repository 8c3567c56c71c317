/// Cuts a stream of bytes into lines. A carriage return ends a line too, as progress bars want it.
public struct LineSplitter: Sendable {
    private static let longest = 1 << 16
    private var rest: [UInt8] = []
    private var endedWithReturn = false

    public init() {}

    /// The lines that `bytes` complete. Lines of more than 64 KiB come in pieces.
    public mutating func add(_ bytes: some Sequence<UInt8>) -> [String] {
        var lines: [String] = []
        for byte in bytes {
            switch byte {
            case 10 where endedWithReturn: endedWithReturn = false
            case 10, 13:
                lines.append(take())
                endedWithReturn = byte == 13
            default:
                endedWithReturn = false
                rest.append(byte)
                if rest.count >= Self.longest { lines.append(take()) }
            }
        }
        return lines
    }

    /// What came after the last line end; nil if nothing did.
    public mutating func finish() -> String? { rest.isEmpty ? nil : take() }

    private mutating func take() -> String {
        defer { rest.removeAll(keepingCapacity: true) }
        return String(decoding: rest, as: UTF8.self)
    }
}

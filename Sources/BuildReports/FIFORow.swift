internal import HLSWriter
internal import Layers
internal import Vendor

/// One FIFO of the firmware: how much it holds, and what the vendor's tool said of it.
public struct FIFORow: Hashable, Sendable {
    /// The variable of the top function.
    public var name: String
    /// The functions on both ends.
    public var writer: String
    public var reader: String
    /// Stream elements that it holds, and those of one sample.
    public var depth: Int
    public var tokens: Int
    /// Whether the project file states the depth.
    public var isStated: Bool
    /// The depth that C synthesis reports; nil where it has not run or lists none.
    public var synthesised: Int?
    /// The most elements that waited in it while the RTL was simulated; nil where nobody counted.
    public var peak: Int?
}

extension FIFORow {
    /// The FIFOs of a design in the order of the top function; none with arrays.
    ///
    /// - Parameter measured: what stage synth has left. A depth that is not this design's is of another build.
    static func rows(_ design: Design, project: String, measured: [FIFORecord]) -> [FIFORow] {
        let known = Dictionary(measured.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return ((try? HLSProject(design, project: project).streams) ?? []).map { stream in
            let found = known[stream.variable].flatMap { $0.depth == stream.depth ? $0 : nil }
            return FIFORow(
                name: stream.variable, writer: stream.writer, reader: stream.reader, depth: stream.depth,
                tokens: stream.tokens, isStated: stream.isStated, synthesised: found?.synthesised, peak: found?.peak)
        }
    }
}

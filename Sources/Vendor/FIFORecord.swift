internal import Basics
internal import FoundationEssentials
internal import HLSWriter
public import Steps

/// What synthesis and co-simulation said of one FIFO.
public struct FIFORecord: Hashable, Sendable, Decodable {
    /// The variable of the top function, and the layer whose result passes through it.
    public var name: String
    public var layer: String
    /// The functions on both ends.
    public var writer: String
    public var reader: String
    /// Stream elements that it holds as written, and those of one sample.
    public var depth: Int
    public var tokens: Int
    /// Whether the project file states the depth.
    public var stated: Bool
    /// The depth that C synthesis made; nil where it lists none.
    public var synthesised: Int?
    /// The most elements that waited in it while the RTL was simulated; nil where nobody counted.
    public var peak: Int?

    init(_ stream: HLSStream, synthesised: Int?, peak: Int?) {
        name = stream.variable
        layer = stream.layer
        writer = stream.writer
        reader = stream.reader
        depth = stream.depth
        tokens = stream.tokens
        stated = stream.isStated
        self.synthesised = synthesised
        self.peak = peak
    }
}

extension StageOutput where Value == [FIFORecord] {
    public static var fifos: Self {
        Self(
            .synth, ["fifo.json"],
            encode: { records in
                let document = JSONValue.object([
                    "format": .string("hlsbuild-fifo 1"), "fifos": .array(records.map(\.json)),
                ])
                return [Array((document.text + "\n").utf8)]
            },
            decode: { try JSONDecoder().decode(FIFODocument.self, from: Data($0[0])).fifos })
    }
}

/// The file, as far as it is read.
private struct FIFODocument: Decodable {
    var fifos: [FIFORecord]
}

extension FIFORecord {
    fileprivate var json: JSONValue {
        .object([
            "name": .string(name), "layer": .string(layer), "writer": .string(writer), "reader": .string(reader),
            "depth": .int(depth), "stated": .bool(stated), "tokens": .int(tokens),
            "synthesised": synthesised.map { .int($0) } ?? .null, "peak": peak.map { .int($0) } ?? .null,
        ])
    }
}

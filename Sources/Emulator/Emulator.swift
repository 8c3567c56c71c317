public import Basics
import FixedPoint
public import LayerKit
public import Layers

/// Executes a Design: exact integers, no compiler.
public struct Emulator: Sendable {
    public let placed: PlacedDesign
    private let engine: Engine

    public var design: Design { placed.design }

    /// The narrowest words that hold every intermediate of the design.
    private enum Engine: Sendable {
        case narrow(Program<Int64>)
        case wide(Program<Int128>)
    }

    public init(_ placed: PlacedDesign) {
        self.placed = placed
        let bits = zip(placed.design.nodes, placed.sites).map { $0.operation.definition.wordBits($1) }
        let edges = (placed.inputs + placed.sites.flatMap(\.outputs)).map(\.type.width)
        if max(bits.max() ?? 0, edges.max() ?? 0) <= 63 {
            engine = .narrow(Program(placed) { $0.kernel64($1) })
        } else {
            engine = .wide(Program(placed) { $0.kernel($1) })
        }
    }

    /// Throws what the design refers to and does not hold.
    public init(_ design: Design) throws(DiagnosticError) { self.init(try PlacedDesign(design)) }

    /// The outputs as numbers: the exact values, rounded to double where they have more than 53 bits.
    ///
    /// `inputs`: one array per input of the design, samples x elements; each value is quantised to the input's type.
    public func predict(_ inputs: [[Double]], samples: Int) -> [[Double]] {
        switch engine {
        case .narrow(let program): program.run(inputs, samples: samples) { $1.value($0) }
        case .wide(let program): program.run(inputs, samples: samples) { $1.value($0) }
        }
    }

    /// The outputs as raw integers; throws where an output's type is wider than 64 bits.
    public func predictRaw(_ inputs: [[Double]], samples: Int) throws(DiagnosticError) -> [[Int64]] {
        for (output, spec) in zip(design.outputs, placed.outputs) {
            let type = spec.type
            guard type.width + (type.signed ? 0 : 1) > 64 else { continue }
            throw DiagnosticError(
                .error(
                    "output '\(design.name(of: output))' has type \(type), which does not fit 64-bit integers",
                    subject: ["layers", output.node, "precision"], help: "state a result type of at most 64 bits"))
        }
        switch engine {
        case .narrow(let program): return program.run(inputs, samples: samples) { raw, _ in raw }
        case .wide(let program): return program.run(inputs, samples: samples) { raw, _ in Int64(clamping: raw) }
        }
    }

    /// Every tensor of the design for one sample: raw integers.
    public func trace(_ inputs: [[Double]], sample: Int) -> [TensorID: [Int128]] {
        switch engine {
        case .narrow(let program): program.trace(inputs, sample: sample)
        case .wide(let program): program.trace(inputs, sample: sample)
        }
    }
}

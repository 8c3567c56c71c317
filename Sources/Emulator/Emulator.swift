public import Basics
import FixedPoint
import LayerKit
public import Layers

/// Executes a Design: exact integers, no compiler.
public struct Emulator: Sendable {
    public let design: Design
    private let engine: Engine

    /// The narrowest words that hold every intermediate of the design.
    private enum Engine: Sendable {
        case narrow(Program<Int64>)
        case wide(Program<Int128>)
    }

    public init(_ design: Design) {
        self.design = design
        let bits = design.nodes.map { node in
            node.operation.definition.wordBits(inputs: node.inputs.compactMap { design.tensor($0)?.type })
        }
        let edges = design.inputs.map(\.type.width) + design.nodes.map(\.operation.resultType.width)
        if max(bits.max() ?? 0, edges.max() ?? 0) <= 63 {
            engine = .narrow(Program(design) { $0.kernel64(inputs: $1, shapes: $2) })
        } else {
            engine = .wide(Program(design) { $0.kernel128(inputs: $1, shapes: $2) })
        }
    }

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
        for name in design.outputs {
            guard let type = design.tensor(name)?.type, type.width + (type.signed ? 0 : 1) > 64 else { continue }
            throw DiagnosticError(
                .error(
                    "output '\(name)' has type \(type), which does not fit 64-bit integers",
                    subject: ["layers", name, "precision"], help: "state a result type of at most 64 bits"))
        }
        switch engine {
        case .narrow(let program): return program.run(inputs, samples: samples) { raw, _ in raw }
        case .wide(let program): return program.run(inputs, samples: samples) { raw, _ in Int64(clamping: raw) }
        }
    }

    /// Every tensor of the design for one sample, by name: raw integers.
    public func trace(_ inputs: [[Double]], sample: Int) -> [String: [Int128]] {
        switch engine {
        case .narrow(let program): program.trace(inputs, sample: sample)
        case .wide(let program): program.trace(inputs, sample: sample)
        }
    }
}

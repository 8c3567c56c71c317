public import Basics
public import FixedPoint
internal import LayerKit
public import Layers

/// The integers that go into and come out of a compiled firmware: little-endian 64-bit words, sample after sample, in
/// each sample one tensor after the other.
public enum RawFile {
    public static func bytes(of words: some Collection<Int64>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(words.count * 8)
        for word in words { withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) } }
        return bytes
    }

    public static func words(of bytes: [UInt8]) -> [Int64] {
        bytes.withUnsafeBytes { buffer in
            (0..<buffer.count / 8).map {
                Int64(littleEndian: buffer.loadUnaligned(fromByteOffset: $0 * 8, as: Int64.self))
            }
        }
    }

    /// The design's inputs, quantised: `data` holds one array per input, samples x elements.
    public static func input(_ design: Design, _ data: [[Double]], samples: Int) throws(DiagnosticError) -> [UInt8] {
        for input in design.inputs { try checkWidth(input.name, input.spec.type) }
        var words: [Int64] = []
        for sample in 0..<samples {
            for (input, values) in zip(design.inputs, data) {
                let count = input.shape.elementCount, spec = input.spec
                for place in 0..<count {
                    let raw = spec.quantize(values[sample * count + place], at: place, design.compat)
                    words.append(Int64(truncatingIfNeeded: raw))
                }
            }
        }
        return bytes(of: words)
    }

    /// The firmware's outputs, one array per output, samples x elements.
    public static func outputs(_ placed: PlacedDesign, _ bytes: [UInt8]) throws(DiagnosticError) -> [[Int64]] {
        let tensors = placed.outputs
        for (id, tensor) in zip(placed.design.outputs, tensors) {
            try checkWidth(placed.design.name(of: id), tensor.type)
        }
        let shapes = tensors.map(\.shape), words = words(of: bytes)
        guard words.count * 8 == bytes.count, let parts = parts(words, shapes) else {
            let perSample = shapes.reduce(0) { $0 + $1.elementCount }
            throw DiagnosticError(
                .error(
                    "the firmware wrote \(bytes.count) bytes, which are not samples of \(perSample) words",
                    help: "see 'hlsbuild log csim'"))
        }
        return parts
    }

    /// Words, sample after sample and in each sample one tensor after the other, by tensor: samples x elements. Nil where
    /// they are no whole samples.
    static func parts(_ words: [Int64], _ shapes: [Shape]) -> [[Int64]]? {
        let perSample = shapes.reduce(0) { $0 + $1.elementCount }
        guard perSample > 0, words.count % perSample == 0 else { return nil }
        var results = shapes.map { _ in [Int64]() }
        var next = 0
        for _ in 0..<words.count / perSample {
            for (slot, shape) in shapes.enumerated() {
                results[slot] += words[next..<next + shape.elementCount]
                next += shape.elementCount
            }
        }
        return results
    }

    /// Raw words have 64 bits.
    public static func checkWidth(_ name: String, _ type: FixedType) throws(DiagnosticError) {
        guard type.width + (type.signed ? 0 : 1) > 64 else { return }
        throw DiagnosticError(
            .error(
                "tensor '\(name)' has type \(type), which does not fit 64-bit integers",
                subject: ["layers", name, "precision"], help: "state a result type of at most 64 bits"))
    }
}

internal import Basics
internal import LayerKit

extension Einsum {
    static var kerasImports: [ImportRule] {
        [
            ImportRule(.keras, "EinsumDense", activation: .states, read: denseFromKeras),
            ImportRule(.keras, "ops.Einsum", inputs: 2...2, read: functionFromKeras),
        ]
    }

    /// Class `EinsumDense`: `equation` names the batch first; the bias has the shape in which it is added.
    private static func denseFromKeras(_ site: ImportSite) throws(LayerError) -> Einsum {
        try site.expectAttributes("equation", "output_shape", "bias_axes")
        let biased = try site.text("bias_axes") != nil
        let weights = try site.expectWeights(biased ? ["kernel", "bias"] : ["kernel"])
        let equation = try equation(site, "equation", batched: 1, inputs: site.inputs, kernel: weights[0].shape)
        return Einsum(equation, kernel: weights[0], bias: biased ? weights[1] : nil)
    }

    /// `keras.ops.einsum` of two tensors.
    private static func functionFromKeras(_ site: ImportSite) throws(LayerError) -> Einsum {
        try site.expectAttributes("subscripts")
        return Einsum(try equation(site, "subscripts", batched: 2, inputs: site.inputs, kernel: nil))
    }

    /// An equation with the batch as the first letter of `batched` operands and of the result, without it, and with
    /// letters for the axes that `...` stands for.
    private static func equation(
        _ site: ImportSite, _ name: String, batched: Int, inputs: [Shape?], kernel: Shape?
    ) throws(LayerError) -> String {
        guard let written = try site.text(name) else { throw LayerError("\(name) is missing", attribute: name) }
        let text = written.utf8.filter { $0 != UInt8(ascii: " ") }
        func wrong(_ what: String) -> LayerError {
            LayerError("\(name) '\(written)' \(what)", attribute: name, help: "e.g. 'abc,cd->abd', the batch first")
        }
        let sides = String(decoding: text, as: UTF8.self).parts(at: ">")
        guard sides.count == 2, let left = sides[0].rest(before: "-") else { throw wrong("is no equation") }
        var terms = left.parts(at: ",") + [sides[1]]
        let shapes = inputs + (kernel.map { [$0] } ?? [])
        guard terms.count == shapes.count + 1 else { throw wrong("does not have \(shapes.count) operands") }
        // Letters that the equation does not use, for `...`.
        let used = Set(text)
        let free = (UInt8(ascii: "A")...UInt8(ascii: "Z")).filter { !used.contains($0) }
        // What the first operand has beyond its letters, the batch counted; others have the same axes.
        let named = Self.ellipsis(terms[0]).map { $0.0.utf8.count + $0.1.utf8.count }
        for place in terms.indices {
            guard let (front, back) = Self.ellipsis(terms[place]) else { continue }
            guard let first = inputs.first, let shape = first else { return "->" }
            let count = named.map { shape.count + 1 - $0 } ?? 0
            guard (0...free.count).contains(count) else { throw wrong("does not fit an input of shape \(shape)") }
            terms[place] = front + String(decoding: free.prefix(count), as: UTF8.self) + back
        }
        guard let batch = terms[0].utf8.first, terms[terms.count - 1].utf8.first == batch,
            terms.prefix(batched).allSatisfy({ $0.utf8.first == batch }),
            !terms.dropLast().dropFirst(batched).contains(where: { $0.utf8.contains(batch) })
        else { throw wrong("does not keep the batch as the first axis") }
        for place in terms.indices where place < batched || place == terms.count - 1 {
            terms[place] = String(decoding: terms[place].utf8.dropFirst(), as: UTF8.self)
            guard !terms[place].utf8.contains(batch) else { throw wrong("names the batch twice") }
        }
        for term in terms {
            let letters = term.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
            guard letters else { throw wrong("has other axes than letters") }
        }
        return terms.dropLast().joined(separator: ",") + "->" + terms[terms.count - 1]
    }

    /// What stands before and behind `...`; nil where there is none.
    private static func ellipsis(_ term: String) -> (String, String)? {
        let bytes = Array(term.utf8), dots = Array("...".utf8)
        guard bytes.count >= 3 else { return nil }
        for start in 0...bytes.count - 3 where Array(bytes[start..<start + 3]) == dots {
            return (
                String(decoding: bytes[..<start], as: UTF8.self), String(decoding: bytes[(start + 3)...], as: UTF8.self)
            )
        }
        return nil
    }
}

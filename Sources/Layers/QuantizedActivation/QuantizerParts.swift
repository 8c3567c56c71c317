internal import Basics
internal import Glibc
internal import LayerKit

/// The plain parts of which passes make layers of HGQ, in ops without a class of Keras.
enum QuantizerParts {
    static let imports: [ImportRule] = [
        ImportRule(.keras, "quantizers.constant", inputs: 0...0, read: constant),
        ImportRule(.keras, "quantizers.einsum", inputs: 1...2, read: einsum),
        ImportRule(.keras, "quantizers.reduce", read: reduction),
        ImportRule(.keras, "quantizers.mean_power_of_two", read: meanPowerOfTwo),
        ImportRule(.keras, "quantizers.unary", read: unary),
        ImportRule(.keras, "quantizers.divide", inputs: 2...2) { site throws(LayerError) in
            try site.expectAttributes()
            return Merge(.divide)
        },
    ]

    private static func constant(_ site: ImportSite) throws(LayerError) -> ConstantTensor {
        try site.expectAttributes()
        return ConstantTensor(try site.expectWeights(["value"])[0])
    }

    /// `equation` with the axis of the samples in front of each operand but the trained one.
    private static func einsum(_ site: ImportSite) throws(LayerError) -> Einsum {
        try site.expectAttributes("equation")
        let equation = try site.text("equation") ?? ""
        let sides = equation.parts(at: ">")
        let operands = (sides.first ?? "").parts(at: "-").first?.parts(at: ",") ?? []
        guard sides.count == 2, equation.utf8.allSatisfy({ $0 > 32 && $0 != UInt8(ascii: ".") }),
            let samples = operands.first?.utf8.first, sides[1].utf8.first == samples,
            operands.prefix(site.inputs.count).allSatisfy({ $0.utf8.first == samples })
        else {
            throw LayerError(
                "the equation '\(equation)' is not read", attribute: "equation",
                help: "one with the same first letter for the samples in every operand and the result is")
        }
        let own = operands.enumerated().map {
            $0.offset < site.inputs.count ? String($0.element.dropFirst()) : $0.element
        }
        let names = ["kernel", "bias"].filter { site.tensors[$0] != nil }
        let tensors = try site.expectWeights(names)
        return Einsum(
            own.joined(separator: ",") + "->" + sides[1].dropFirst(), kernel: tensors.first,
            bias: tensors.count > 1 ? tensors[1] : nil)
    }

    /// The axes that an attribute states, the one of the samples counted, as axes of the input.
    private static func axes(_ site: ImportSite) throws(LayerError) -> [Int] {
        let rank = (site.input?.count ?? 7) + 1
        let axes = (try site.integers("axes") ?? []).map { $0 < 0 ? $0 + rank : $0 }
        guard axes.allSatisfy({ (1..<rank).contains($0) }), Set(axes).count == axes.count, !axes.isEmpty else {
            throw LayerError("the axes \(axes) are not those of a tensor of \(rank) axes", attribute: "axes")
        }
        return axes.map { $0 - 1 }.sorted()
    }

    private static func reduction(_ site: ImportSite) throws(LayerError) -> Reduction {
        try site.expectAttributes("kind", "axes", "keepdims")
        guard let kind = Reduction.Kind(rawValue: try site.text("kind") ?? "") else {
            throw LayerError("no kind of reduction is stated", attribute: "kind")
        }
        return Reduction(kind, axes: try axes(site), keepsAxes: try site.flag("keepdims", default: false))
    }

    /// The sum over the axes times the power of two that is nearest to one in so many: a product with trained numbers
    /// that are all alike.
    private static func meanPowerOfTwo(_ site: ImportSite) throws(LayerError) -> Einsum {
        try site.expectAttributes("axes", "keepdims")
        let axes = try axes(site)
        guard let input = site.input else { return Einsum("->") }
        guard input.count <= 12 else {
            throw LayerError("a mean of \(input.count) axes is not supported", attribute: "axes")
        }
        func letter(_ index: Int) -> String { String(UnicodeScalar(UInt8(97 + index))) }
        let letters = input.indices.map(letter)
        let shape = axes.map { input[$0] }
        let exponent = -Int(log2(Double(shape.elementCount)).rounded(.toNearestOrEven))
        let scale = Float(sign: .plus, exponent: exponent, significand: 1)
        // An axis that is kept with one element is one of the product's own.
        let keeps = try site.flag("keepdims", default: false)
        let own = keeps ? axes.map { letter(input.count + $0) } : []
        let left = letters.indices.map { index in
            axes.contains(index) ? (keeps ? letter(input.count + index) : "") : letters[index]
        }
        let kernel = Tensor(
            shape: shape + own.map { _ in 1 }, values: [Float](repeating: scale, count: shape.elementCount))
        return Einsum(
            letters.joined() + "," + axes.map { letters[$0] }.joined() + own.joined() + "->" + left.joined(),
            kernel: kernel)
    }

    private static func unary(_ site: ImportSite) throws(LayerError) -> Unary {
        try site.expectAttributes("function")
        switch try site.text("function") {
        case "exp": return Unary(.exp)
        case "reciprocal": return Unary(.reciprocal)
        case let name: throw LayerError("the function '\(name ?? "")' is not read", attribute: "function")
        }
    }
}

internal import Arrays
internal import Basics
internal import LayerKit

/// Sums of products along axes that letters name.
extension ATenTranslator {
    mutating func einsum() throws(LayerError) -> ATenValue {
        ignore("path")
        let operands = try list("tensors")
        let equation = try EinsumEquation(try text("equation", default: ""), ranks: operands.map(\.dims.count))
        return try einsum(equation, operands)
    }

    /// A sum of products of vectors with a matrix for each output between them.
    mutating func bilinear() throws(LayerError) -> ATenValue {
        let operands = [try value("input1"), try value("weight"), try value("input2")]
        let equation = try EinsumEquation("...i,oij,...j->...o", ranks: operands.map(\.dims.count))
        let offset = try optionalValue("bias")
        let product = try einsum(equation, operands, part: offset == nil ? nil : "product")
        guard let offset else { return product }
        return try merge("Add", product, offset)
    }

    /// Sums of products of three tensors, each with new axes at places of its own.
    mutating func trilinear() throws(LayerError) -> ATenValue {
        ignore("unroll_dim")
        var factors = try [("i1", "expand1"), ("i2", "expand2"), ("i3", "expand3")].map { names throws(LayerError) in
            var factor = try value(names.0)
            for place in (try sizes(names.1) ?? []).sorted() {
                guard (0...factor.dims.count).contains(place) else { throw LayerError("there is no axis \(place)") }
                factor.dims.insert([], at: place)
            }
            return factor
        }
        let sums = try sizes("sumdim") ?? []
        factors[0] = try merge("Mul", factors[0], factors[1], part: "first")
        let products = try merge("Mul", factors[0], factors[2], part: sums.isEmpty ? nil : "products")
        return try reduce(
            "ReduceSum", products, try sums.map { dim throws(LayerError) in try products.dim(dim) }, keeps: false)
    }

    /// Several tensors two by two, from the first on.
    private mutating func einsum(_ equation: EinsumEquation, _ operands: [ATenValue], part: String? = nil)
        throws(LayerError) -> ATenValue
    {
        guard operands.count > 2 else { return try einsumOfTwo(equation, operands, part: part) }
        var rest = equation, operands = operands
        let kept = Set(equation.inputs[2...].joined()).union(equation.output)
        var letters: [Character] = []
        for letter in equation.inputs[0] + equation.inputs[1] where kept.contains(letter) && !letters.contains(letter) {
            letters.append(letter)
        }
        var first = equation
        (first.inputs, first.output) = (Array(equation.inputs[..<2]), letters)
        operands[1] = try einsumOfTwo(first, Array(operands[..<2]), part: "step\(operands.count)")
        operands.removeFirst()
        rest.inputs = [letters] + equation.inputs[2...]
        return try einsum(rest, operands, part: part)
    }

    private mutating func einsumOfTwo(_ equation: EinsumEquation, _ operands: [ATenValue], part: String?)
        throws(LayerError) -> ATenValue
    {
        var terms: [String] = [], inputs: [String] = []
        var batch: Character?
        var sizes: [Character: Int] = [:]
        for (operand, letters) in zip(operands, equation.inputs) {
            let value = try ordered(operand)
            var term = ""
            for (letter, dim) in zip(letters, value.dims) {
                guard dim.contains(.batch) else {
                    sizes[letter] = max(sizes[letter] ?? 1, ATenValue.size(dim))
                    term.append(letter)
                    continue
                }
                guard dim == [.batch], batch == nil || batch == letter else {
                    throw LayerError("it combines values of one sample with those of others")
                }
                batch = letter
            }
            terms.append(value.isPerSample ? "\u{0}" + term : term)
            inputs.append(node(of: value))
        }
        let isPerSample = terms.contains { $0.begins(with: "\u{0}") }
        // A batch of one that the program did away with has no letter.
        let first = batch ?? equation.unused
        guard batch == nil || (equation.output.contains(first) && !terms.contains { $0.contains(first) }) else {
            throw LayerError("it sums over the samples, which are computed one by one")
        }
        let axes = equation.output.filter { $0 != first }.map { letter in [atom(sizes[letter] ?? 1)] }
        var next = 0
        let dims = equation.output.map { letter -> [Atom] in
            if letter == first { return [.batch] }
            next += 1
            return axes[next - 1]
        }
        let left = terms.map { $0.begins(with: "\u{0}") ? "\(first)\($0.dropFirst())" : $0 }.joined(separator: ",")
        let output = (isPerSample ? "\(first)" : "") + String(equation.output.filter { $0 != first })
        let name = emitOne("Einsum", inputs, ["equation": .string("\(left)->\(output)")], part: part)
        return ATenValue(source: .node(name), axes: (isPerSample ? [[.batch]] : []) + axes, dims: dims)
    }
}

/// An equation of einsum with every axis spelt out.
struct EinsumEquation {
    var inputs: [[Character]] = []
    var output: [Character] = []

    /// - Parameter ranks: how many axes each operand has, which three dots stand for in part.
    init(_ text: String, ranks: [Int]) throws(LayerError) {
        let wrong = LayerError("its equation '\(text)' is not read", attribute: "equation")
        let bare = text.filter { $0 != " " }
        let sides = bare.split(separator: "->", omittingEmptySubsequences: false)
        let terms = sides[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard sides.count <= 2, terms.count == ranks.count else { throw wrong }
        let letters = Set(bare)
        let free = "ZYXWVUTSRQPONMLKJIHGFEDCBAzyxwvutsrqponmlkjihgfedcba".filter { !letters.contains($0) }
        let longest = zip(terms, ranks).map { term, rank in rank - term.filter { $0 != "." }.count }.max() ?? 0
        guard longest >= 0, longest < free.count else { throw wrong }
        let dotted = Array(free.prefix(longest))
        func spelt(_ term: String, _ count: Int) throws(LayerError) -> [Character] {
            let parts = term.split(separator: "...", maxSplits: 1, omittingEmptySubsequences: false)
            let result = parts.count == 2 ? parts[0] + dotted.suffix(count) + parts[1] : Substring(term)
            guard result.allSatisfy({ $0.isASCII && $0.isLetter }) else { throw wrong }
            return Array(result)
        }
        for (term, rank) in zip(terms, ranks) {
            let own = try spelt(term, rank - term.filter { $0 != "." }.count)
            guard own.count == rank else { throw wrong }
            inputs.append(own)
        }
        if sides.count == 2 {
            output = try spelt(String(sides[1]), longest)
        } else {
            // Without an arrow: what stands once, in the order of the alphabet.
            let all = inputs.flatMap { $0 }
            let once = Set(all).filter { letter in all.count { $0 == letter } == 1 }
            output = dotted.filter { all.contains($0) } + once.filter { !dotted.contains($0) }.sorted()
        }
    }

    /// A letter that stands nowhere in it.
    var unused: Character {
        let used = Set(inputs.flatMap { $0 })
        return "ABCDEFGHIJKLMNOPQRSTUVWXYZ".first { !used.contains($0) } ?? "a"
    }
}

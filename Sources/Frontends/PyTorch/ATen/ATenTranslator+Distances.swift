internal import Basics
internal import LayerKit

/// How far or alike things are, and other sums over what two or three tensors make of each other.
extension ATenTranslator {
    /// The distance of every row of one from every row of the other.
    mutating func distances() throws(LayerError) -> ATenValue {
        ignore("compute_mode")
        var left = try value("x1"), right = try value("x2")
        let order = try real("p", default: 2)
        guard left.dims.count >= 2, right.dims.count >= 2 else { throw LayerError("it has no rows") }
        left.dims.insert([], at: left.dims.count - 1)
        right.dims.insert([], at: right.dims.count - 2)
        let difference = try merge("Sub", left, right, part: "difference")
        return try length(difference, order, difference.dims.count - 1, keeps: false)
    }

    mutating func pairwiseDistance() throws(LayerError) -> ATenValue {
        let left = try value("x1"), right = try value("x2"), order = try real("p", default: 2)
        let difference = try merge("Sub", left, right, part: "difference")
        let shifted = try merge("Add", difference, scalar(try real("eps", default: 1e-6)), part: "shifted")
        return try length(shifted, order, shifted.dims.count - 1, keeps: try flag("keepdim"))
    }

    private mutating func length(
        _ value: ATenValue, _ order: Double, _ dim: Int, keeps: Bool, part: String? = nil
    ) throws(LayerError) -> ATenValue {
        guard order == 1 || order == 2 else {
            throw LayerError("distances of order \(order) are not read", attribute: "p", help: "1 and 2 are")
        }
        return try reduce(order == 1 ? "ReduceL1" : "ReduceL2", value, [dim], keeps: keeps, part: part)
    }

    /// The product of what is left of two vectors with length 1; a length below `eps` counts as that.
    mutating func cosineSimilarity() throws(LayerError) -> ATenValue {
        var sides = [try value("x1"), try value("x2")]
        let epsilon = try real("eps", default: 1e-8), stated = try integer("dim", default: 1)
        let rank = max(sides[0].dims.count, sides[1].dims.count)
        for index in sides.indices {
            while sides[index].dims.count < rank { sides[index].dims.insert([], at: 0) }
            let dim = try sides[index].dim(stated), name = "x\(index + 1)"
            let own = try length(sides[index], 2, dim, keeps: true, part: "\(name)_length")
            let divisor = try merge("Max", own, scalar(epsilon), part: "\(name)_divisor")
            sides[index] = try merge("Div", sides[index], divisor, part: name)
        }
        let products = try merge("Mul", sides[0], sides[1], part: "products")
        return try reduce("ReduceSum", products, [try products.dim(stated)], keeps: false)
    }

    /// What differs, element by element: means over all would be over the samples.
    mutating func loss(_ op: ATenOperator) throws(LayerError) -> ATenValue {
        guard try integer("reduction", default: 1) == 0 else {
            throw LayerError(
                "it takes elements of several samples together", attribute: "reduction",
                help: "reduction='none', and a mean over all axes but the first, give a number for each sample")
        }
        let difference = try merge("Sub", try value("self"), try value("target"), part: "difference")
        if op == .l1Loss { return try each("Abs", difference) }
        return try merge("Mul", difference, difference)
    }

    /// `self + value a b`, or with a quotient, or `self + weight (end - self)`.
    mutating func threefold(_ op: ATenOperator) throws(LayerError) -> ATenValue {
        let input = try value("self")
        if op == .lerp {
            let way = try merge("Sub", try value("end"), input, part: "way")
            return try merge("Add", input, try merge("Mul", way, try operand("weight"), part: "part"))
        }
        let factor = try real("value", default: 1)
        var term = try merge(
            op == .addcmul ? "Mul" : "Div", try value("tensor1"), try value("tensor2"), part: "term")
        if factor != 1 { term = try merge("Mul", term, scalar(factor), part: "scaled") }
        return try merge("Add", input, term)
    }

    mutating func hypotenuse() throws(LayerError) -> ATenValue {
        let left = try value("self"), right = try value("other")
        let sum = try merge(
            "Add", try merge("Mul", left, left, part: "first"), try merge("Mul", right, right, part: "second"),
            part: "sum")
        return try each("Sqrt", sum)
    }

    /// `log(exp(a) + exp(b))`, out of the larger and how far the other is from it.
    mutating func logOfSum() throws(LayerError) -> ATenValue {
        let left = try value("self"), right = try value("other")
        let distance = try each("Abs", try merge("Sub", left, right, part: "difference"), part: "distance")
        let rest = try each("Softplus", try each("Neg", distance, part: "negative"), part: "rest")
        return try merge("Add", try merge("Max", left, right, part: "larger"), rest)
    }

    /// All products of the elements of two vectors.
    mutating func outerProduct() throws(LayerError) -> ATenValue {
        var left = try value("self")
        left.dims.append([])
        return try merge("Mul", left, try value("vec2"))
    }

    /// Ones where numbers are those of their place along a new axis.
    mutating func oneHot() throws(LayerError) -> ATenValue {
        var input = try value("self")
        let count = try integer("num_classes", default: -1)
        guard (1...InputLimit.tensor.elements).contains(count) else {
            throw LayerError("how many classes there are is not stated", attribute: "num_classes")
        }
        input.dims.append([])
        let classes = constant(Self.places(Array(0..<count)), "\(label.name)_classes")
        return try opposite(of: try differs(input, classes, part: "differs"), part: nil)
    }

    /// Tensors with the shape that they have together.
    mutating func broadcast() throws(LayerError) -> [ATenValue] {
        let inputs = try list("tensors")
        return try inputs.enumerated().map { index, input throws(LayerError) in
            try expand(input, to: try outputSizes(index))
        }
    }
}

internal import Arrays
internal import Basics
internal import LayerKit

/// The places of an axis in another order or number, and sums over them.
extension ATenTranslator {
    static func places(_ values: [Int]) -> Tensor {
        Tensor(shape: [values.count], numbers: .int64(values.map(Int64.init))) ?? Tensor([])
    }

    /// Padding with elements of the tensor itself, from the last axis on.
    mutating func mirrored(_ mode: String) throws(LayerError) -> ATenValue {
        let pads = try sizes("pad") ?? []
        ignore("value")
        var result = try value("self")
        guard pads.count.isMultiple(of: 2), pads.count / 2 <= result.dims.count else {
            throw LayerError("its argument 'pad' has \(pads.count) numbers", attribute: "pad")
        }
        let stated = (0..<pads.count / 2).filter { pads[2 * $0] != 0 || pads[2 * $0 + 1] != 0 }
        for index in stated {
            let dim = result.dims.count - 1 - index, size = result.size(dim)
            let before = pads[2 * index], count = size + before + pads[2 * index + 1]
            guard (1...InputLimit.tensor.elements).contains(count), size > 0 else {
                throw LayerError("padding of \(pads) leaves nothing", attribute: "pad")
            }
            let places = try (0..<count).map { place throws(LayerError) in
                let at = place - before
                switch mode {
                case "replicate": return max(0, min(size - 1, at))
                case "circular": return ((at % size) + size) % size
                case "reflect":
                    let period = max(1, 2 * (size - 1)), way = ((at % period) + period) % period
                    return way < size ? way : period - way
                default:
                    throw LayerError(
                        "its argument 'mode' is '\(mode)', which is not read", attribute: "mode",
                        help: "constant, reflect, replicate and circular are")
                }
            }
            result = try gather(result, dim, Self.places(places), part: index == stated.last ? nil : "axis\(dim)")
        }
        return result
    }

    mutating func roll() throws(LayerError) -> ATenValue {
        let shifts = try sizes("shifts") ?? [], dims = try sizes("dims") ?? []
        var result = try value("self")
        guard shifts.count == dims.count, !dims.isEmpty else {
            throw LayerError("it moves all elements as one row, which is not read", attribute: "dims")
        }
        for (index, shift) in shifts.enumerated() {
            let dim = try result.dim(dims[index]), size = result.size(dim)
            guard size > 0, (-InputLimit.tensor.elements...InputLimit.tensor.elements).contains(shift) else {
                throw LayerError("it moves by \(shift)")
            }
            let places = (0..<size).map { (($0 - shift) % size + size) % size }
            result = try gather(
                result, dim, Self.places(places), part: index == shifts.count - 1 ? nil : "axis\(dim)")
        }
        return result
    }

    /// The place of the largest or smallest element along an axis, the first if there are several.
    mutating func place(of op: ATenOperator) throws(LayerError) -> ATenValue {
        let input = try value("self")
        guard has("dim") else {
            throw LayerError("it seeks among all samples", attribute: "dim", help: "give it the axis of the classes")
        }
        let dim = try input.dim(try integer("dim")), keeps = try flag("keepdim")
        let extreme = try reduce(
            op == .argmax || op == .max ? "ReduceMax" : "ReduceMin", input, [dim], keeps: true, part: "extreme")
        return try place(of: extreme, in: input, dim, keeps: keeps, part: nil)
    }

    /// Where a value stands first along a dimension.
    mutating func place(of extreme: ATenValue, in input: ATenValue, _ dim: Int, keeps: Bool, part: String?)
        throws(LayerError) -> ATenValue
    {
        let size = input.size(dim), own = part.map { "\($0)_" } ?? ""
        let others = try differs(input, extreme, part: "\(own)others")
        let found = try opposite(of: others, part: "\(own)found")
        // Less the number of those before it, every one but the first is below 1.
        var less = try LineMap(inputs: size, outputs: size)
        for from in 0..<size {
            for to in from..<size { less.add(from == to ? 1 : -1, of: from, to: to) }
        }
        let first = try each("Relu", try along(found, dim, less, part: "\(own)before"), part: "\(own)first")
        var numbers = try LineMap(inputs: size, outputs: 1)
        for place in 0..<size { numbers.add(Double(place), of: place, to: 0) }
        var result = try along(first, dim, numbers, part: part)
        if !keeps { result.dims.remove(at: dim) }
        return result
    }

    /// Every place several times, one behind the other.
    mutating func repeatInterleave() throws(LayerError) -> ATenValue {
        ignore("output_size")
        let input = try value("self"), repeats = try integer("repeats")
        guard has("dim"), repeats > 0, repeats <= InputLimit.tensor.elements else {
            throw LayerError("it repeats \(repeats) times without an axis, which is not read", attribute: "dim")
        }
        let dim = try input.dim(try integer("dim")), size = input.size(dim)
        guard Count.times(size, repeats) <= InputLimit.tensor.elements else {
            throw LayerError("it repeats \(repeats) times", attribute: "repeats")
        }
        return try gather(input, dim, Self.places((0..<size * repeats).map { $0 / repeats }))
    }

    mutating func cumulativeSum() throws(LayerError) -> ATenValue {
        ignore("dtype")
        let input = try value("self"), dim = try input.dim(try integer("dim"))
        let ordered = try ordered(input), axis = try axis(of: dim, in: ordered)
        return try each(
            "CumSum", ordered, with: [constantNode(Self.places([axis]), for: "\(label.name)_axis")])
    }

    /// `v g / |v|`, of trained numbers: the norm over all axes but one.
    mutating func weightNorm() throws(LayerError) -> ATenValue {
        let dim = try integer("dim", default: 0)
        guard let v = try weight("v"), let g = try weight("g"), v.shape.indices.contains(dim) else {
            throw LayerError("its axis \(dim) is none of its weights'", attribute: "dim")
        }
        let inner = v.shape[(dim + 1)...].reduce(1, *), count = v.shape[dim]
        guard g.count == count else { throw LayerError("it has \(g.count) lengths for \(count) rows", attribute: "g") }
        let values = v.doubles, lengths = g.doubles
        var squares = [Double](repeating: 0, count: count)
        for (index, value) in values.enumerated() { squares[index / inner % count] += value * value }
        let factors = zip(lengths, squares).map { $0 / $1.squareRoot() }
        let scaled = values.enumerated().map { Float($1 * factors[$0 / inner % count]) }
        guard let tensor = Tensor(shape: v.shape, values: scaled) else { throw LayerError("its weights are no tensor") }
        return constant(tensor, label.name)
    }
}

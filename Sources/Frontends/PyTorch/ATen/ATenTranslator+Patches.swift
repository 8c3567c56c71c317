internal import Arrays
internal import Basics
internal import LayerKit

/// Windows as axes of their own, and channels that become places or the other way round.
extension ATenTranslator {
    /// `torch.nn.Unfold`: for each place of a window over two axes a column of all that it holds.
    mutating func unfoldImage() throws(LayerError) -> ATenValue {
        let input = try value("self")
        guard input.dims.count == 4 else { throw LayerError("its input has not the samples, channels and 2 more axes") }
        let grid = try patches(input.size(2), input.size(3))
        var value = input
        let pads = grid.pads
        if pads != [0, 0] {
            value = try padded(value, [2: pads[0], 3: pads[1]])
        }
        let places = grid.taps.flatMap { tap in
            grid.corners.map { ($0.0 + tap.0) * (input.size(3) + 2 * pads[1]) + $0.1 + tap.1 }
        }
        let taken = try gather(merged(value, 2..<4), 2, Self.places(places))
        return merged(try cut(taken, 2, [grid.taps.count, grid.corners.count]), 1..<3)
    }

    /// `torch.nn.Fold`: the sum of what all windows hold at each place.
    mutating func foldImage() throws(LayerError) -> ATenValue {
        let input = try value("self"), sizes = try sizes("output_size", axes: 2, default: 1)
        let grid = try patches(sizes[0], sizes[1])
        let count = grid.taps.count
        guard input.dims.count == 3, count > 0, input.size(1) % count == 0, input.size(2) == grid.corners.count else {
            throw LayerError("its input has not as many columns as there are windows")
        }
        let value = merged(try cut(input, 1, [input.size(1) / count, count]), 2..<4)
        var map = try LineMap(inputs: count * grid.corners.count, outputs: Count.times(sizes[0], sizes[1]))
        for (index, tap) in grid.taps.enumerated() {
            for (column, corner) in grid.corners.enumerated() {
                let row = corner.0 + tap.0 - grid.pads[0], place = corner.1 + tap.1 - grid.pads[1]
                guard (0..<sizes[0]).contains(row), (0..<sizes[1]).contains(place) else { continue }
                map.add(1, of: index * grid.corners.count + column, to: row * sizes[1] + place)
            }
        }
        return try cut(try along(value, 2, map), 2, sizes)
    }

    /// Where the windows over two axes begin, and what each holds from there on.
    private mutating func patches(_ height: Int, _ width: Int) throws(LayerError)
        -> (taps: [(Int, Int)], corners: [(Int, Int)], pads: [Int])
    {
        let kernel = try sizes("kernel_size", axes: 2, default: 1), pads = try sizes("padding", axes: 2, default: 0)
        let strides = try sizes("stride", axes: 2, default: 1), dilations = try sizes("dilation", axes: 2, default: 1)
        let limit = 1...InputLimit.tensor.elements
        guard ([height, width] + kernel + strides + dilations).allSatisfy(limit.contains),
            pads.allSatisfy({ (0...limit.upperBound).contains($0) }),
            Count.times(kernel[0], kernel[1]) <= limit.upperBound
        else { throw LayerError("its windows of \(kernel) are none") }
        let counts = [height, width].enumerated().map { axis, size in
            let reach = Count.plus(Count.times(dilations[axis], kernel[axis] - 1), 1)
            let all = size + 2 * pads[axis]
            return all < reach ? 0 : (all - reach) / strides[axis] + 1
        }
        let taps = (0..<kernel[0] * kernel[1]).map { place in
            (place / kernel[1] * dilations[0], place % kernel[1] * dilations[1])
        }
        let count = Count.times(counts[0], counts[1])
        guard limit.contains(Count.times(count, taps.count)) else {
            throw LayerError("its \(count) windows of \(taps.count) elements are none, or too many")
        }
        let corners = (0..<count).map { ($0 / counts[1] * strides[0], $0 % counts[1] * strides[1]) }
        return (taps, corners, pads)
    }

    /// Zeros on both sides of some dimensions.
    private mutating func padded(_ value: ATenValue, _ pads: [Int: Int]) throws(LayerError) -> ATenValue {
        var value = try ordered(value)
        var counts = [Int](repeating: 0, count: value.axes.count)
        for (dim, pad) in pads {
            let axis = try axis(of: dim, in: value)
            counts[axis] = pad
            let size = Count.plus(value.size(dim), Count.times(2, pad))
            value.axes[axis] = [atom(size)]
            value.dims[dim] = value.axes[axis]
        }
        let bounds = integers(counts + counts, for: "\(label.name)_pads")
        value.source = .node(emitOne("Pad", [node(of: value), bounds, number(0, "zero")], part: "padded"))
        value.label = nil
        return value
    }

    /// `Tensor.unfold`: windows along one axis, what they hold along a new last one.
    mutating func unfoldAxis() throws(LayerError) -> ATenValue {
        let input = try value("self"), dim = try input.dim(try integer("dimension"))
        let size = try integer("size"), step = try integer("step"), length = input.size(dim)
        guard size > 0, step > 0, size <= length else {
            throw LayerError("it has windows of \(size) in \(length) places")
        }
        let count = (length - size) / step + 1
        guard Count.times(count, size) <= InputLimit.tensor.elements else {
            throw LayerError("its windows are too many")
        }
        let places = (0..<count * size).map { $0 / size * step + $0 % size }
        let taken = try cut(try gather(input, dim, Self.places(places)), dim, [count, size])
        return taken.permuted(taken.dims.indices.filter { $0 != dim + 1 } + [dim + 1])
    }

    /// Places of squares as channels, each channel's squares together.
    mutating func pixelUnshuffle() throws(LayerError) -> ATenValue {
        let input = try value("self"), factor = try integer("downscale_factor")
        guard input.dims.count == 4, factor > 0, input.size(2) % factor == 0, input.size(3) % factor == 0 else {
            throw LayerError("its input does not fall into squares of \(factor)", attribute: "downscale_factor")
        }
        var value = try cut(input, 3, [input.size(3) / factor, factor])
        value = try cut(value, 2, [input.size(2) / factor, factor])
        return named(merged(value.permuted([0, 1, 3, 5, 2, 4]), 1..<4))
    }

    /// Every so many channels next to each other.
    mutating func shuffleChannels() throws(LayerError) -> ATenValue {
        let input = try value("self"), groups = try integer("groups"), rank = input.dims.count
        guard rank >= 2, groups > 0, input.size(1) % groups == 0 else {
            throw LayerError("its channels do not fall into \(groups) groups", attribute: "groups")
        }
        let value = try cut(input, 1, [groups, input.size(1) / groups])
        return named(merged(value.permuted([0, 2, 1] + Array(3..<rank + 1)), 1..<3))
    }

    /// The value under the name of this call.
    private func named(_ value: ATenValue) -> ATenValue {
        var result = value
        result.label = label
        return result
    }
}

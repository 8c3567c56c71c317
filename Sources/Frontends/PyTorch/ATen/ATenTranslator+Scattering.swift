internal import Arrays
internal import Basics
internal import LayerKit

/// Elements at places that are known, of several axes at once, and sums into such places.
extension ATenTranslator {
    /// Lists of places along axes; slices are calls of their own.
    mutating func index() throws(LayerError) -> ATenValue {
        var (input, stated) = try statedIndices()
        let isTogether = zip(stated, stated.dropFirst()).allSatisfy { $1.dim == $0.dim + 1 }
        if !isTogether {
            // With axes between them, what is chosen comes first.
            let chosen = stated.map(\.dim)
            input = input.permuted(chosen + input.dims.indices.filter { !chosen.contains($0) })
            for index in stated.indices { stated[index].dim = index }
        }
        let dim = stated[0].dim, sizes = stated.map { input.size($0.dim) }
        var shape = Shape()
        for index in stated {
            let rank = max(shape.count, index.places.shape.count)
            let sides = [shape, index.places.shape].map { [Int](repeating: 1, count: rank - $0.count) + $0 }
            guard zip(sides[0], sides[1]).allSatisfy({ $0 == $1 || $0 == 1 || $1 == 1 }) else {
                throw LayerError("its indices have shapes that do not go together", attribute: "indices")
            }
            shape = zip(sides[0], sides[1]).map { max($0, $1) }
        }
        guard let count = Count.elements(shape), (1...InputLimit.tensor.elements).contains(count) else {
            throw LayerError("its indices are of shape \(shape)", attribute: "indices")
        }
        var places = [Int](repeating: 0, count: count)
        for (index, size) in zip(stated, sizes) {
            guard let own = index.places.broadcast(to: shape) else { throw LayerError("its indices are no list") }
            for (at, place) in try Self.places(own, of: size).enumerated() { places[at] = places[at] * size + place }
        }
        let taken = try gather(merged(input, dim..<dim + stated.count), dim, Self.places(places))
        return shape.count == 1 ? taken : try cut(taken, dim, shape)
    }

    /// What is indexed, and the known places along some of its axes.
    private mutating func statedIndices() throws(LayerError) -> (ATenValue, [(dim: Int, places: Tensor)]) {
        guard case .tensors(let names) = argument("indices") else { throw LayerError("its indices are no tensors") }
        let input = try value("self")
        var stated: [(dim: Int, places: Tensor)] = []
        for (dim, name) in names.enumerated() {
            guard let name else { continue }
            guard let places = try numbers(of: try value(of: name)), case .int64 = places.numbers,
                program.tensors[name]?.element != .bool
            else {
                throw LayerError(
                    "its indices are no whole numbers that are known beforehand", attribute: "indices",
                    help: "which elements the firmware takes is wired: indices are numbers, not what a network computes"
                )
            }
            guard input.dims.indices.contains(dim), !input.dims[dim].contains(.batch) else {
                throw LayerError("it takes some of the samples, which are computed one by one", attribute: "indices")
            }
            stated.append((dim, places))
        }
        guard !stated.isEmpty else { throw LayerError("it has no indices") }
        return (input, stated)
    }

    /// Several dimensions as one.
    func merged(_ value: ATenValue, _ dims: Range<Int>) -> ATenValue {
        guard dims.count > 1 else { return value }
        var result = value
        result.dims.replaceSubrange(dims, with: [Array(value.dims[dims].joined())])
        return result
    }

    /// One dimension as several. Precondition: it has as many elements as these together.
    mutating func cut(_ value: ATenValue, _ dim: Int, _ sizes: [Int]) throws(LayerError) -> ATenValue {
        let value = try ordered(value)
        guard !value.dims[dim].contains(.batch), let whole = value.dims[dim].first, value.dims[dim].count == 1,
            sizes.reduce(1, { Count.times($0, $1) }) == whole.size
        else { throw LayerError("it takes elements of several samples together") }
        let parts = sizes.map { atom($0) }
        var result = withCuts(value, [whole: parts])
        result.dims.replaceSubrange(dim...dim, with: parts.map { [$0] })
        return result
    }

    /// Rows added to those at known places: a product with ones and zeros.
    mutating func indexAdd() throws(LayerError) -> ATenValue {
        let input = try value("self"), source = try value("source"), dim = try input.dim(try integer("dim"))
        let factor = try real("alpha", default: 1)
        guard let places = try weight("index") else { throw LayerError("it has no indices") }
        return try added(source, to: input, dim, places.viewed(as: [places.count]), factor)
    }

    /// Elements added to those at places that are the same for all lines along an axis.
    mutating func scatterAdd() throws(LayerError) -> ATenValue {
        if call.arguments["reduce"] != nil {
            guard try text("reduce", default: "") == "sum", try flag("include_self", default: true) else {
                throw LayerError("only sums are scattered", attribute: "reduce")
            }
        }
        let input = try value("self"), source = try value("src"), dim = try input.dim(try integer("dim"))
        guard let index = try weight("index"), index.shape.count == input.dims.count, index.count > 0 else {
            throw LayerError("it has no indices")
        }
        let inner = index.shape[(dim + 1)...].reduce(1, *), count = index.shape[dim]
        let all = index.doubles
        let lines = (0..<count).map { all[$0 * inner] }
        guard all.indices.allSatisfy({ all[$0] == lines[$0 / inner % count] }),
            source.dims.count == input.dims.count,
            input.dims.indices.allSatisfy({ $0 == dim || source.size($0) == input.size($0) }),
            index.shape.indices.allSatisfy({ index.shape[$0] == source.size($0) || source.dims[$0].contains(.batch) })
        else {
            throw LayerError(
                "its indices are not the same along all its other axes", attribute: "index",
                help: "what goes where is wired: write it as a product with a matrix of ones and zeros")
        }
        return try added(source, to: input, dim, Tensor(shape: [count], values: lines.map { Float($0) }) ?? index, 1)
    }

    /// Rows at known places along an axis replaced by others, or added to.
    mutating func indexPut() throws(LayerError) -> ATenValue {
        let (input, stated) = try statedIndices(), source = try value("values")
        guard stated.count == 1, stated[0].places.shape.count == 1 else {
            throw LayerError("places along \(stated.count) axes at once are not read", attribute: "indices")
        }
        let dim = stated[0].dim, size = input.size(dim), places = stated[0].places
        let rows = source.dims.count == input.dims.count && source.size(dim) == places.count
        guard rows || source.scalar != nil else {
            throw LayerError("what it puts in is broadcast, which is not read", attribute: "values")
        }
        if try flag("accumulate"), rows { return try added(source, to: input, dim, places, 1) }
        let numbers = try Self.places(places.doubles, of: size)
        guard Set(numbers).count == numbers.count, call.arguments["accumulate"] != .bool(true) else {
            throw LayerError("it puts several elements in one place", attribute: "indices")
        }
        var kept = [Float](repeating: 1, count: size), map = try LineMap(inputs: places.count, outputs: size)
        for (row, place) in numbers.enumerated() {
            kept[place] = 0
            map.add(1, of: row, to: place)
        }
        let trailing = [Int](repeating: 1, count: input.dims.count - 1 - dim)
        func line(_ values: [Float], _ name: String) throws(LayerError) -> ATenValue {
            guard let tensor = Tensor(shape: [size] + trailing, values: values) else {
                throw LayerError("it has no places")
            }
            return constant(tensor, "\(label.name)_\(name)")
        }
        let others = try merge("Mul", input, try line(kept, "kept"), part: "others")
        if let number = source.scalar {
            return try merge("Add", others, try line(kept.map { (1 - $0) * Float(number) }, "put"))
        }
        return try merge("Add", others, try along(source, dim, map, part: "put"))
    }

    private mutating func added(
        _ source: ATenValue, to input: ATenValue, _ dim: Int, _ places: Tensor, _ factor: Double
    ) throws(LayerError) -> ATenValue {
        let size = input.size(dim), count = places.count
        guard count == source.size(dim) else { throw LayerError("it has \(count) places for \(source.size(dim)) rows") }
        var map = try LineMap(inputs: count, outputs: size)
        for (row, place) in try Self.places(places.doubles, of: size).enumerated() {
            map.add(factor, of: row, to: place)
        }
        let isEmpty = input.constant.map { $0.doubles.allSatisfy { $0 == 0 } } ?? false
        let sums = try along(source, dim, map, part: isEmpty ? nil : "sums")
        return isEmpty && sums.dims.count == input.dims.count ? sums : try merge("Add", input, sums)
    }

    /// Places of an axis, of which those below zero are counted from its end.
    private static func places(_ stated: [Double], of size: Int) throws(LayerError) -> [Int] {
        try stated.map { place throws(LayerError) in
            // A place that no integer holds is none.
            let at = place < 0 ? place + Double(size) : place
            guard at >= 0, at < Double(size) else {
                throw LayerError("its indices are beyond the \(size) places", attribute: "indices")
            }
            return Int(at)
        }
    }

    /// Elements at known places along an axis, other ones for each line.
    mutating func gatherElements() throws(LayerError) -> ATenValue {
        ignore("sparse_grad")
        let input = try value("self"), dim = try input.dim(try integer("dim"))
        guard let index = try weight("index"), index.shape.count == input.dims.count, case .int64 = index.numbers else {
            throw LayerError("it has no indices")
        }
        let first = input.dims.first == [.batch] ? 1 : 0
        guard dim >= first, !input.dims[first...].joined().contains(.batch), first == 0 || index.shape[0] == 1 else {
            throw LayerError("it takes other elements for some samples than for others", attribute: "index")
        }
        let sizes = (first..<input.dims.count).map { input.size($0) }, shape = Array(index.shape[first...])
        let steps = Strides.steps(of: sizes), own = Strides.steps(of: shape), numbers = index.doubles
        let places = try (0..<shape.reduce(1, *)).map { element throws(LayerError) -> Int in
            var place = 0
            for axis in shape.indices {
                let at = axis == dim - first ? numbers[element] : Double(element / own[axis] % shape[axis])
                guard at >= 0, at < Double(sizes[axis]) else { throw LayerError("its indices are beyond its input") }
                place += Int(at) * steps[axis]
            }
            return place
        }
        let taken = try gather(merged(input, first..<input.dims.count), first, Self.places(places))
        return shape.count == 1 ? taken : try cut(taken, first, shape)
    }

    /// The elements of a matrix whose row and column are the same, or as far apart.
    mutating func diagonal() throws(LayerError) -> ATenValue {
        let input = try value("self"), offset = try integer("offset", default: 0)
        let rows = try input.dim(try integer("dim1", default: 0)),
            columns = try input.dim(try integer("dim2", default: 1))
        guard rows != columns, !input.dims[rows].contains(.batch), !input.dims[columns].contains(.batch) else {
            throw LayerError("it goes along the axis of the samples, which are computed one by one")
        }
        let width = input.size(columns)
        let places = (0..<input.size(rows)).filter { (0..<width).contains(Count.plus($0, offset)) }
            .map { $0 * width + $0 + offset }
        let rest = input.dims.indices.filter { $0 != rows && $0 != columns }
        let value = merged(input.permuted(rest + [rows, columns]), rest.count..<rest.count + 2)
        return try gather(value, rest.count, Self.places(places))
    }

    /// Places along an axis replaced by others.
    mutating func scatterSlice(_ op: ATenOperator) throws(LayerError) -> ATenValue {
        let input = try value("self"), dim = try input.dim(try integer("dim", default: 0)), size = input.size(dim)
        var source = try value("src")
        var begin: Int, end: Int
        if op == .selectScatter {
            begin = try integer("index")
            if begin < 0 { begin += size }
            end = Count.plus(begin, 1)
            guard source.dims.count >= dim else { throw LayerError("there is no axis \(dim)") }
            source.dims.insert([], at: dim)
        } else {
            try expect("step", 1)
            func place(_ value: Int) -> Int { min(max(value < 0 ? value + size : value, 0), size) }
            begin = place(try integer("start", default: 0))
            end = place(try integer("end", default: size))
        }
        if begin == 0, end == size || input.dims[dim].contains(.batch) { return source }
        guard begin >= 0, begin < end, end <= size, source.dims.indices.contains(dim), source.size(dim) == end - begin
        else { throw LayerError("it replaces the places \(begin) to \(end) of \(size)") }
        var parts: [ATenValue] = []
        if begin > 0 { parts.append(try part(of: input, dim, from: 0, count: begin, step: 1, name: "before")) }
        parts.append(source)
        if end < size { parts.append(try part(of: input, dim, from: end, count: size - end, step: 1, name: "behind")) }
        return try joined(parts, dim)
    }
}

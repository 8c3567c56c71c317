import FixedPoint
import LayerKit
import Layers

/// A Design prepared for words of one width: where every tensor lies in one block of memory, and the kernels in order.
struct Program<W: Word>: Sendable {
    private struct Step: Sendable {
        var kernel: Kernel<W>
        var sources: [Int]
        var target: Int
    }

    private struct Place: Sendable {
        var name: String
        var start: Int
        var count: Int
        var type: FixedType
    }

    private var places: [Place] = []
    private var inputs: [Int] = []
    private var outputs: [Int] = []
    private var steps: [Step] = []
    private var size = 0

    init(_ design: Design, kernel: (Operation, [FixedType], [Shape]) -> Kernel<W>) {
        var index: [String: Int] = [:]
        for input in design.inputs { inputs.append(place(input.name, input.shape, input.type, &index)) }
        for node in design.nodes {
            let sources = node.inputs.compactMap { index[$0] }
            let tensors = node.inputs.compactMap { design.tensor($0) }
            let made = kernel(node.operation, tensors.map(\.type), tensors.map(\.shape))
            let target = place(node.name, node.shape, node.operation.resultType, &index)
            steps.append(Step(kernel: made, sources: sources.map { places[$0].start }, target: places[target].start))
        }
        outputs = design.outputs.compactMap { index[$0] }
    }

    private mutating func place(_ name: String, _ shape: Shape, _ type: FixedType, _ index: inout [String: Int]) -> Int
    {
        let count = shape.elementCount
        index[name] = places.count
        places.append(Place(name: name, start: size, count: count, type: type))
        size += count
        return places.count - 1
    }

    /// Runs all samples; `convert` makes an output element of a raw value and its type.
    func run<Element>(_ data: [[Double]], samples: Int, convert: (W, FixedType) -> Element) -> [[Element]] {
        var results = outputs.map { index in
            var array: [Element] = []
            array.reserveCapacity(places[index].count * samples)
            return array
        }
        withUnsafeTemporaryAllocation(of: W.self, capacity: max(1, size)) { memory in
            guard let base = memory.baseAddress else { return }
            let quantizers = inputs.map { InputQuantizer<W>(places[$0].type) }
            for sample in 0..<samples {
                load(data, sample, quantizers, base)
                execute(base)
                for (slot, index) in outputs.enumerated() {
                    let place = places[index]
                    for element in 0..<place.count {
                        results[slot].append(convert(base[place.start + element], place.type))
                    }
                }
            }
        }
        return results
    }

    /// The raw values of every tensor for one sample.
    func trace(_ data: [[Double]], sample: Int) -> [String: [Int128]] {
        var result: [String: [Int128]] = [:]
        withUnsafeTemporaryAllocation(of: W.self, capacity: max(1, size)) { memory in
            guard let base = memory.baseAddress else { return }
            load(data, sample, inputs.map { InputQuantizer<W>(places[$0].type) }, base)
            execute(base)
            for place in places {
                result[place.name] = (0..<place.count).map { Int128(base[place.start + $0]) }
            }
        }
        return result
    }

    private func load(
        _ data: [[Double]], _ sample: Int, _ quantizers: [InputQuantizer<W>], _ base: UnsafeMutablePointer<W>
    ) {
        for (slot, index) in inputs.enumerated() {
            let place = places[index], quantizer = quantizers[slot]
            let first = sample * place.count
            for element in 0..<place.count { base[place.start + element] = quantizer(data[slot][first + element]) }
        }
    }

    private func execute(_ base: UnsafeMutablePointer<W>) {
        withUnsafeTemporaryAllocation(of: UnsafePointer<W>.self, capacity: 8) { pointers in
            for step in steps {
                for (slot, start) in step.sources.prefix(8).enumerated() {
                    pointers[slot] = UnsafePointer(base + start)
                }
                guard let first = pointers.baseAddress else { return }
                step.kernel(UnsafePointer(first), base + step.target)
            }
        }
    }
}

/// Doubles to raw values of one type, as `FixedType.quantize` does, with a short way for numbers that lie well inside
/// a double's exact range.
struct InputQuantizer<W: Word>: Sendable {
    private let type: FixedType
    private let scale: Double
    private let low: Int64
    private let high: Int64
    private let short: Bool

    init(_ type: FixedType) {
        self.type = type
        scale = 1 / type.step
        short =
            type.width <= 50 && abs(type.fraction) < 500 && (type.rounding == .trn || type.rounding == .rnd)
            && !type.isInteger
        low = Int64(clamping: type.rawMin)
        high = Int64(clamping: type.rawMax)
    }

    func callAsFunction(_ value: Double) -> W {
        // Scaling by a power of two is exact; so is the difference to the whole number below.
        let scaled = value * scale
        if short, abs(scaled) < 4_503_599_627_370_496 {
            var whole = Int64(scaled)
            let rest = scaled - Double(whole)
            if rest < 0 { whole -= 1 }
            if type.rounding == .rnd, (rest < 0 ? rest + 1 : rest) >= 0.5 { whole += 1 }
            if whole >= low, whole <= high { return W(whole) }
        }
        return W(truncatingIfNeeded: type.quantize(value))
    }
}

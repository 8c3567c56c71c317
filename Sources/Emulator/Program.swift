import FixedPoint
import LayerKit
import Layers
import Options

/// A Design prepared for words of one width: where every tensor lies in one block of memory, and the kernels in order.
struct Program<W: Word>: Sendable {
    private struct Step: Sendable {
        var kernel: Kernel<W>
        /// Where its first source and its first target stand among all of them.
        var sources: Int
        var targets: Int
    }

    private struct Place: Sendable {
        var id: TensorID
        var start: Int
        var spec: TensorSpec
        var count: Int { spec.count }
    }

    /// Whose numbers are given for what enters.
    private let compat: Compat
    private var places: [Place] = []
    private var inputs: [Int] = []
    private var outputs: [Int] = []
    private var steps: [Step] = []
    /// Where the tensors begin that the steps read and write, one step after the other.
    private var sources: [Int] = []
    private var targets: [Int] = []
    private var size = 0

    init(_ placed: PlacedDesign, kernel: (any DesignOperation, OperationSite) -> Kernel<W>) {
        compat = placed.design.compat
        var index: [TensorID: Int] = [:]
        for input in placed.design.inputs { inputs.append(place(input.id, input.spec, &index)) }
        for (node, site) in zip(placed.design.nodes, placed.sites) {
            steps.append(
                Step(
                    kernel: kernel(node.operation.definition, site), sources: sources.count, targets: targets.count))
            sources += node.inputs.compactMap { index[$0].map { places[$0].start } }
            for (id, spec) in zip(node.ids, site.outputs) {
                targets.append(places[place(id, spec, &index)].start)
            }
        }
        outputs = placed.design.outputs.compactMap { index[$0] }
    }

    private mutating func place(_ id: TensorID, _ spec: TensorSpec, _ index: inout [TensorID: Int]) -> Int {
        index[id] = places.count
        places.append(Place(id: id, start: size, spec: spec))
        size += spec.count
        return places.count - 1
    }

    /// Runs all samples; `convert` makes an output element of a raw value and the type that it is counted in.
    func run<Element>(_ data: [[Double]], samples: Int, convert: (W, FixedType) -> Element) -> [[Element]] {
        var results = outputs.map { index in
            var array: [Element] = []
            array.reserveCapacity(places[index].count * samples)
            return array
        }
        let types = outputs.map { places[$0].spec.type }
        withMemory { memory in
            let quantizers = inputs.map { InputQuantizer<W>(places[$0].spec, compat) }
            for sample in 0..<samples {
                load(data, sample, quantizers, memory)
                execute(memory)
                for (slot, index) in outputs.enumerated() {
                    let place = places[index]
                    for element in 0..<place.count {
                        results[slot].append(convert(memory.words[place.start + element], types[slot]))
                    }
                }
            }
        }
        return results
    }

    /// The raw values of every tensor for one sample.
    func trace(_ data: [[Double]], sample: Int) -> [TensorID: [Int128]] {
        var result: [TensorID: [Int128]] = [:]
        withMemory { memory in
            load(data, sample, inputs.map { InputQuantizer<W>(places[$0].spec, compat) }, memory)
            execute(memory)
            for place in places {
                result[place.id] = (0..<place.count).map { Int128(memory.words[place.start + $0]) }
            }
        }
        return result
    }

    /// All tensors of one sample, and what each step reads and writes.
    private struct Memory {
        var words: UnsafeMutablePointer<W>
        var sources: UnsafePointer<UnsafePointer<W>>
        var targets: UnsafePointer<UnsafeMutablePointer<W>>
    }

    private func withMemory(_ body: (Memory) -> Void) {
        withUnsafeTemporaryAllocation(of: W.self, capacity: max(1, size)) { words in
            guard let base = words.baseAddress else { return }
            let sources = sources.map { UnsafePointer(base + $0) }, targets = targets.map { base + $0 }
            sources.withUnsafeBufferPointer { sources in
                targets.withUnsafeBufferPointer { targets in
                    // A design without nodes has neither.
                    guard let first = sources.baseAddress, let target = targets.baseAddress else { return }
                    body(Memory(words: base, sources: first, targets: target))
                }
            }
        }
    }

    private func load(_ data: [[Double]], _ sample: Int, _ quantizers: [InputQuantizer<W>], _ memory: Memory) {
        for (slot, index) in inputs.enumerated() {
            let place = places[index]
            let first = sample * place.count
            quantizers[slot].load(data[slot], from: first, count: place.count, into: memory.words + place.start)
        }
    }

    private func execute(_ memory: Memory) {
        for step in steps { step.kernel(memory.sources + step.sources, memory.targets + step.targets) }
    }
}

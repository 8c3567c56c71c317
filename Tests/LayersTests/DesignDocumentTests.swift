import Basics
import FixedPoint
import LayerKit
import Layers
import TestSupport
import Testing

/// What is written of the Design is true: all operations, the JSON of each, and what it computes.
@Suite struct DesignDocumentTests {
    @Test func everyOperationHasASection() throws {
        for layer in Catalog.layers {
            let folder = DesignDocument.folder(of: layer)
            let files = (try? Files.list(folder)) ?? []
            #expect(files.sorted() == layer.operations.map { "\($0).md" }.sorted(), "the files of \(folder)")
        }
    }

    @Test(arguments: Catalog.layers.map { $0.key }) func everyExampleOfAnOperationIsTrue(_ key: String) throws {
        let layer = try #require(Catalog.layers.first { $0.key == key })
        for operation in layer.operations {
            let section = try DesignDocument.section(of: operation, in: layer)
            #expect(section.title == "# `\(operation.key)`")
            #expect(!section.examples.isEmpty, "\(operation) has no example")
            for example in section.examples {
                let node = try example.decode(Design.Node.self)
                #expect(type(of: node.operation.definition) == operation)
                try expectCanonical(node, example, "\(operation)")
                try expectTrue(try example.design(of: node), example, "\(operation)")
                // Its kernel is one of the operation's, and the headers that the C++ includes are there.
                let site = try PlacedDesign(try example.design(of: node)).sites[0]
                if case .call(let call) = node.operation.definition.hls(site) {
                    #expect(operation.kernels.contains(call.kernel), "\(operation).kernels: \(call.kernel)")
                    #expect(Headers.functions[call.header] != nil, "\(call.header)")
                    #expect(Headers.functions[call.header + "_stream"]?.contains(call.kernel) == true, "\(call)")
                }
            }
        }
    }

    @Test func everyWholeDesignIsTrue() throws {
        let designs = try DesignDocument.designs()
        #expect(!designs.isEmpty)
        for example in designs {
            let design = try example.decode(Design.self)
            try expectCanonical(design, example, "the design")
            try expectTrue(design, example, "the design")
        }
    }

    /// The JSON is what the program writes, no field more and none less, and so are the numbers of its tensors.
    private func expectCanonical(_ value: some Encodable, _ example: DesignDocument.Example, _ name: String) throws {
        let (json, words) = try DesignDocument.Example.encode(value)
        #expect(example.json.filter { !$0.isWhitespace } == json.filter { !$0.isWhitespace }, "\(name)")
        #expect(example.integers(DesignDocument.Example.weights) == words, "\(name)")
    }

    /// Every tensor that the example states is of the stated type and shape, and has the stated integers, in words of
    /// either width.
    private func expectTrue(_ design: Design, _ example: DesignDocument.Example, _ name: String) throws {
        let placed = try PlacedDesign(design)
        for site in zip(design.nodes, placed.sites) { #expect(site.0.operation.definition.wordBits(site.1) <= 63) }
        let wide = try run(placed, example) { $0.kernel($1) as Kernel<Int128> }
        let narrow = try run(placed, example) { $0.kernel64($1) }
        let tensors = design.inputs.map(\.id) + design.nodes.flatMap(\.ids)
        for id in tensors {
            let line = example.numbers.first { $0.name == design.name(of: id) }
            #expect(line?.integers == wide[id], "\(name): \(id)")
            #expect(line?.integers == narrow[id]?.map { Int128($0) }, "\(name): \(id)")
            #expect(line?.of == "\(placed[id].type) \(placed[id].shape)", "\(name): \(id)")
            for raw in wide[id] ?? [] {
                #expect(placed[id].type.rawMin <= raw && raw <= placed[id].type.rawMax, "\(name): \(id)")
            }
        }
        #expect(example.numbers.count { $0.name != DesignDocument.Example.weights } == tensors.count, "\(name)")
    }

    /// The raw integers of every tensor, those that enter as the example states them.
    private func run<W: Word>(
        _ placed: PlacedDesign, _ example: DesignDocument.Example,
        _ kernel: (any DesignOperation, OperationSite) -> Kernel<W>
    ) throws -> [TensorID: [W]] {
        var values: [TensorID: [W]] = [:]
        for input in placed.design.inputs {
            let raw = example.integers(input.name).map { W($0) }
            try #require(raw.count == input.spec.count, "\(input.name) has \(raw.count) integers")
            values[input.id] = raw
        }
        for (node, site) in zip(placed.design.nodes, placed.sites) {
            let sources = node.inputs.map { values[$0] ?? [] }.map { source in
                let memory = UnsafeMutablePointer<W>.allocate(capacity: source.count)
                memory.initialize(from: source, count: source.count)
                return memory
            }
            let targets = site.outputs.map { output in
                let memory = UnsafeMutablePointer<W>.allocate(capacity: output.count)
                memory.initialize(repeating: 0, count: output.count)
                return memory
            }
            defer { for memory in sources + targets { memory.deallocate() } }
            sources.map { UnsafePointer($0) }.withUnsafeBufferPointer { inputs in
                targets.withUnsafeBufferPointer { outputs in
                    kernel(node.operation.definition, site)(inputs.baseAddress!, outputs.baseAddress!)
                }
            }
            for (index, output) in site.outputs.enumerated() {
                values[TensorID(node.name, index)] = (0..<output.count).map { targets[index][$0] }
            }
        }
        return values
    }
}

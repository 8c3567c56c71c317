import Basics
import FirmwareSupport
import FixedPoint
import LayerKit
import Layers
import Options
import TestSupport
import Testing

/// What every room is asked: what it reads, what it becomes, and what its operation computes.
enum Room {
    /// The layer that a room makes of an op of Keras.
    static func read(
        _ room: any ModelLayer.Type, _ op: String, _ attributes: [String: JSONValue] = [:],
        _ tensors: [String: Tensor] = [:], input: Shape? = [4]
    ) throws -> Layer {
        let rule = try #require(room.imports.first { $0.key == ImportKey(.keras, op) })
        let site = ImportSite(
            rule.key, layer: "layer", attributes: attributes, tensors: tensors.mapValues { ImportTensor($0) },
            inputs: [input])
        return Layer(try rule.read(site))
    }

    /// Expects a room to refuse an op of Keras because of what is called `name`.
    static func expectRefusal(
        of name: String, _ room: any ModelLayer.Type, _ op: String, _ attributes: [String: JSONValue] = [:],
        _ tensors: [String: Tensor] = [:], input: Shape? = [4],
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) {
        let error = #expect(throws: LayerError.self, sourceLocation: sourceLocation) {
            try read(room, op, attributes, tensors, input: input)
        }
        #expect(error?.attribute == name, sourceLocation: sourceLocation)
    }

    /// The attribute that a layer names when it refuses an input; nil where it takes it.
    static func refusedShape(_ layer: some ModelLayer, _ input: Shape) -> String? {
        do throws(LayerError) {
            _ = try layer.outputShapes(of: [input])
            return nil
        } catch {
            return error.attribute ?? error.message
        }
    }

    /// A layer `x` as it is lowered behind an input that may have any value of its type.
    static func lower(
        _ layer: some ModelLayer, _ compat: Compat, _ input: FixedType = .fixed(16, 6), shape: Shape = [4],
        io: IOType = .parallel, _ state: (inout OptionTable) -> Void = { _ in }
    ) throws -> Lowered {
        try lower(layer, compat, inputs: [(input, shape)], io: io, state)
    }

    /// A layer `x` as it is lowered behind inputs that may have any value of their types.
    static func lower(
        _ layer: some ModelLayer, _ compat: Compat, inputs: [(FixedType, Shape)], io: IOType = .parallel,
        _ state: (inout OptionTable) -> Void = { _ in }
    ) throws -> Lowered {
        var options = OptionTable()
        options.compat = compat
        state(&options)
        let site = LoweringSite(
            layer: "x", typeName: layer.typeName, options: options, io: io,
            inputs: inputs.map { type, shape in
                .init(TensorSpec(type, shape), ranges: Ranges(of: type, count: shape.elementCount))
            },
            outputs: try layer.outputShapes(of: inputs.map(\.1)))
        return try layer.lower(site)
    }

    /// The only operation of what was lowered.
    static func operation<Kind: DesignOperation>(_: Kind.Type, _ lowered: Lowered) throws -> Kind {
        try #require(lowered.parts.count == 1)
        #expect(lowered.parts[0].suffix == nil)
        return try #require(lowered.parts[0].operation as? Kind)
    }

    /// Expects the kernel of an operation to give what an oracle says, in words of 64 and of 128 bits: for the extremes
    /// of the input's type, for zeros, and for random numbers.
    static func expectKernel(
        _ operation: some DesignOperation, _ type: FixedType, _ shape: Shape, gives output: Shape? = nil,
        samples: Int = 24, sourceLocation: Testing.SourceLocation = #_sourceLocation, oracle: ([Exact]) -> [Int64]
    ) {
        var dice = Dice(state: 7)
        let count = shape.elementCount
        var inputs = [Int64(type.rawMin), Int64(type.rawMax), 0].map { [Int64](repeating: $0, count: count) }
        for _ in 0..<samples { inputs.append((0..<count).map { _ in dice.raw(type) }) }
        for input in inputs {
            let expected = oracle(input.map { Exact($0, of: type) })
            let site = OperationSite(
                io: .parallel, inputs: [TensorSpec(type, shape)],
                outputs: operation.results.map { TensorSpec(types: $0, shape: output ?? shape) })
            guard operation.wordBits(site) <= 64 else {
                Issue.record("needs more than 64 bits", sourceLocation: sourceLocation)
                return
            }
            let narrow = run(operation.kernel64(site), input, expected.count)
            let wide: [Int128] = run(operation.kernel(site), input.map { Int128($0) }, expected.count)
            let comment: Comment = "\(type) \(input)"
            #expect(narrow == expected, comment, sourceLocation: sourceLocation)
            #expect(wide == expected.map { Int128($0) }, comment, sourceLocation: sourceLocation)
            if narrow != expected { return }
        }
    }

    /// What operations read as firmware: a signed vector, an unsigned one, a matrix.
    static let firmwareInputs: [(type: FixedType, shape: Shape)] = [
        (.fixed(16, 6), [6]), (.ufixed(10, 4), [6]), (.fixed(8, 3), [3, 4]),
    ]

    /// Expects the C++ of operations, in both IO types, to give what their kernels give, for the extremes of the inputs'
    /// types and for random numbers.
    /// - Parameters:
    ///   - output: the shape of what each gives for an input of a shape.
    ///   - operations: those to compile for an input of a shape.
    static func expectFirmware(
        _ inputs: [(type: FixedType, shape: Shape)] = firmwareInputs, gives output: (Shape) -> Shape = { $0 },
        sourceLocation: Testing.SourceLocation = #_sourceLocation, _ operations: (Shape) -> [any DesignOperation]
    ) async throws {
        var design = Design(io: .parallel, compat: .native, inputs: [], nodes: [], outputs: [])
        for (place, input) in inputs.enumerated() {
            design.inputs.append(.init(name: "x\(place)", shape: input.shape, type: input.type))
            for (index, operation) in operations(input.shape).enumerated() {
                let name = "y\(place)_\(index)"
                design.nodes.append(
                    .init(
                        name: name, inputs: [TensorID("x\(place)")], shape: output(input.shape), operation: operation))
                design.outputs.append(TensorID(name))
            }
        }
        for io in IOType.allCases {
            design.io = io
            let wrong = try await Simulation.differences(of: design)
            #expect(
                wrong.isEmpty, "\(io): samples of each output that differ: \(wrong)", sourceLocation: sourceLocation)
        }
    }

    /// What a kernel gives for one sample of two tensors.
    static func run<W: Word>(_ kernel: Kernel<W>, _ inputs: [[W]], _ count: Int) -> [W] {
        var output = [W](repeating: 0, count: count)
        inputs[0].withUnsafeBufferPointer { first in
            inputs[1].withUnsafeBufferPointer { second in
                output.withUnsafeMutableBufferPointer { output in
                    guard let a = first.baseAddress, let b = second.baseAddress, let y = output.baseAddress else {
                        return
                    }
                    [a, b].withUnsafeBufferPointer { sources in
                        withUnsafePointer(to: y) { result in
                            if let sources = sources.baseAddress { kernel(sources, result) }
                        }
                    }
                }
            }
        }
        return output
    }

    /// What a kernel gives for one sample.
    static func run<W: Word>(_ kernel: Kernel<W>, _ input: [W], _ count: Int) -> [W] {
        var output = [W](repeating: 0, count: count)
        input.withUnsafeBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                guard let source = input.baseAddress, let result = output.baseAddress else { return }
                withUnsafePointer(to: source) { source in
                    withUnsafePointer(to: result) { result in kernel(source, result) }
                }
            }
        }
        return output
    }
}

extension QuantizedTensor {
    /// What the raw values stand for.
    var exact: [Exact] { raw.map { Exact($0, of: type) } }
}

extension Constant {
    var exact: Exact { Exact(raw, of: type) }
}

/// Types of results with every rounding and every overflow, signed and unsigned, narrow enough for both to count.
let resultTypes: [FixedType] =
    Rounding.allCases.flatMap { rounding in
        [
            .fixed(9, 4, rounding, .sat), .fixed(7, 2, rounding), .ufixed(8, 3, rounding, .satZero),
            .fixed(6, 3, rounding, .satSym),
        ]
    } + [.int(4), .ufixed(10, 5), .fixed(20, 8)]

import FixedPoint
import HLSWriter
import LayerKit
import Layers
import Testing
import TestSupport

/// The Design's own answer: the kernels of its operations, one after the other.
struct Reference {
    let design: Design
    private let kernels: [Kernel<Int64>]

    init(_ design: Design) {
        self.design = design
        kernels = design.nodes.map { node in
            let sources = node.inputs.compactMap(design.tensor)
            return node.operation.kernel64(inputs: sources.map(\.type), shapes: sources.map(\.shape))
        }
    }

    /// One sample: all inputs one after the other, all outputs likewise.
    func run(_ sample: [Int64]) -> [Int64] {
        var values: [String: [Int64]] = [:]
        var at = 0
        for input in design.inputs {
            values[input.name] = Array(sample[at..<at + input.shape.elementCount])
            at += input.shape.elementCount
        }
        for (node, kernel) in zip(design.nodes, kernels) {
            let source = values[node.inputs[0]] ?? []
            var result = [Int64](repeating: 0, count: node.shape.elementCount)
            source.withUnsafeBufferPointer { x in
                result.withUnsafeMutableBufferPointer { y in
                    withUnsafePointer(to: x.baseAddress!) { kernel($0, y.baseAddress!) }
                }
            }
            values[node.name] = result
        }
        return design.outputs.flatMap { values[$0] ?? [] }
    }
}

/// A written project, compiled in a folder of its own.
struct Simulation {
    let folder: Scratch
    let files: [GeneratedFile]

    static let flags = "-std=c++11 -O0 -Wall -Wextra -Werror -Wno-unknown-pragmas -Wno-unused-label -fno-exceptions"

    init(_ design: Design, _ settings: WriterSettings = Fixture.settings()) throws {
        try self.init(alone: HLSWriter.write(design, settings: settings, templates: Repository.templateFiles))
    }

    /// Some files of a project, and nothing else.
    init(alone files: [GeneratedFile]) throws {
        self.files = files
        folder = try Scratch()
        for file in files { try folder.write(file.path, file.bytes) }
    }

    /// Runs a shell command in the project's folder, which must succeed.
    func shell(_ command: String) async throws {
        try await Command.shell("exec 2>&1; " + command, in: folder.path).works()
    }

    func compile(_ flags: String = flags) async throws {
        let sources = HLSWriter.compilationUnits(files).map(\.source).joined(separator: " ")
        try await shell("g++ \(flags) -Ifirmware/ap_types \(sources) -o csim")
    }

    func run(_ inputs: [Int64]) async throws -> [Int64] {
        try folder.write("in.bin", inputs.flatMap { word in withUnsafeBytes(of: word.littleEndian) { Array($0) } })
        try await shell("./csim in.bin out.bin")
        let bytes = try folder.bytes("out.bin")
        return bytes.withUnsafeBytes { buffer in
            (0..<bytes.count / 8).map {
                Int64(littleEndian: buffer.loadUnaligned(fromByteOffset: $0 * 8, as: Int64.self))
            }
        }
    }
}

/// Compiles the design and compares every raw output with the operations' own kernels.
func expectEqual(_ design: Design, samples: Int = 60, settings: WriterSettings = Fixture.settings()) async throws {
    let simulation = try Simulation(design, settings)
    try await simulation.compile()
    var dice = Dice(state: 7)
    let all = (0..<samples).map { sample in
        design.inputs.flatMap { input -> [Int64] in
            (0..<input.shape.elementCount).map { _ in
                let special = [Int64(input.type.rawMin), Int64(input.type.rawMax), 0, 1, input.type.signed ? -1 : 1]
                return sample % 4 == 0 ? special[Int.random(in: 0..<5, using: &dice)] : dice.raw(input.type)
            }
        }
    }
    let results = try await simulation.run(all.flatMap { $0 })
    let reference = Reference(design)
    let size = design.outputs.reduce(0) { $0 + (design.tensor($1)?.shape.elementCount ?? 0) }
    try #require(results.count == samples * size)
    var wrong: [String: Int] = [:]
    for (index, sample) in all.enumerated() {
        let expected = reference.run(sample), actual = Array(results[index * size..<(index + 1) * size])
        var at = 0
        for name in design.outputs {
            let count = design.tensor(name)?.shape.elementCount ?? 0
            if expected[at..<at + count] != actual[at..<at + count] { wrong[name, default: 0] += 1 }
            at += count
        }
    }
    #expect(wrong.isEmpty, "samples of each output that differ: \(wrong.sorted { $0.key < $1.key })")
}

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

    init(_ design: Design) throws {
        self.design = design
        let placed = try PlacedDesign(design)
        kernels = zip(design.nodes, placed.sites).map { $0.operation.definition.kernel64($1) }
    }

    /// One sample: all inputs one after the other, all outputs likewise.
    func run(_ sample: [Int64]) -> [Int64] {
        var values: [TensorID: [Int64]] = [:]
        var at = 0
        for input in design.inputs {
            values[input.id] = Array(sample[at..<at + input.shape.elementCount])
            at += input.shape.elementCount
        }
        for (node, kernel) in zip(design.nodes, kernels) {
            let sources = node.inputs.map { values[$0] ?? [] }.map(Self.copy)
            let targets = node.shapes.map { Self.copy([Int64](repeating: 0, count: $0.elementCount)) }
            kernel(sources.map { UnsafePointer($0.baseAddress!) }, targets.map { $0.baseAddress! })
            for (id, target) in zip(node.ids, targets) { values[id] = Array(target) }
            for buffer in sources + targets { buffer.deallocate() }
        }
        return design.outputs.flatMap { values[$0] ?? [] }
    }

    private static func copy(_ values: [Int64]) -> UnsafeMutableBufferPointer<Int64> {
        let buffer = UnsafeMutableBufferPointer<Int64>.allocate(capacity: values.count)
        _ = buffer.initialize(from: values)
        return buffer
    }
}

/// A written project, compiled in a folder of its own.
struct Simulation {
    let folder: Scratch
    let files: [GeneratedFile]

    static let flags = "-std=c++11 -O0 -Wall -Wextra -Werror -Wno-unknown-pragmas -Wno-unused-label -fno-exceptions"

    init(
        _ design: Design, _ settings: WriterSettings = Fixture.settings(),
        templates: [String: [UInt8]] = Repository.templateFiles
    ) throws {
        try self.init(alone: HLSProject(design, project: settings.project).files(settings, templates: templates))
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
        let sources = HLSProject.compilationUnits(files).map(\.source).joined(separator: " ")
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
func expectEqual(
    _ design: Design, samples: Int = 60, settings: WriterSettings = Fixture.settings(),
    templates: [String: [UInt8]] = Repository.templateFiles
) async throws {
    let simulation = try Simulation(design, settings, templates: templates)
    try await simulation.compile()
    var dice = Dice(state: 7)
    let all = (0..<samples).map { sample in
        design.inputs.flatMap { input -> [Int64] in
            (0..<input.shape.elementCount).map { _ in
                let type = input.spec.type
                let special = [Int64(type.rawMin), Int64(type.rawMax), 0, 1, type.signed ? -1 : 1]
                return sample % 4 == 0 ? special[Int.random(in: 0..<5, using: &dice)] : dice.raw(type)
            }
        }
    }
    let results = try await simulation.run(all.flatMap { $0 })
    let reference = try Reference(design)
    let placed = try PlacedDesign(design)
    let size = placed.outputs.reduce(0) { $0 + $1.count }
    try #require(results.count == samples * size)
    var wrong: [String: Int] = [:]
    for (index, sample) in all.enumerated() {
        let expected = reference.run(sample), actual = Array(results[index * size..<(index + 1) * size])
        var at = 0
        for (id, spec) in zip(design.outputs, placed.outputs) {
            let count = spec.count, name = design.name(of: id)
            if expected[at..<at + count] != actual[at..<at + count] { wrong[name, default: 0] += 1 }
            at += count
        }
    }
    #expect(wrong.isEmpty, "samples of each output that differ: \(wrong.sorted { $0.key < $1.key })")
}

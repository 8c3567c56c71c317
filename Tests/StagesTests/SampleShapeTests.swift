import Arrays
import Basics
import Config
import FixedPoint
import FoundationEssentials
import Layers
import LayerKit
import Options
import TestSupport
import Testing

@testable import Stages
@testable import Steps

/// Arrays of samples whose axes are in another order hold other numbers, however many they are.
@Suite struct SampleShapeTests {
    private func array(_ shape: [Int]) throws -> NpyArray {
        let count = shape.reduce(1, *)
        return try #require(NpyArray(shape: shape, values: .float64((0..<count).map(Double.init))))
    }

    @Test(arguments: [
        ([2, 3], 2, [3], true), ([3, 2], 2, [3], false), ([6], 2, [3], false), ([2, 1, 3], 2, [3], true),
        ([4, 2, 3], 4, [2, 3], true), ([4, 3, 2], 4, [2, 3], false), ([4, 6], 4, [2, 3], true),
        ([6, 4], 4, [2, 3], false), ([2, 3], 1, [2, 3], true), ([3, 2], 1, [2, 3], false), ([3], 1, [3], true),
        ([5], 5, [1], true), ([5, 1], 5, [1], true), ([1, 5], 5, [1], false), ([3, 3], 3, [3], true),
        ([2, 28, 28, 1], 2, [28, 28, 1], true), ([2, 1, 28, 28], 2, [28, 28, 1], true),
        ([2, 3, 8, 8], 2, [8, 8, 3], false), ([2, 2, 2, 3], 2, [4, 3], true),
    ])
    func expectedOutputs(given: [Int], samples: Int, shape: [Int], isTaken: Bool) throws {
        let expected = try array(given)
        do throws(DiagnosticError) {
            let numbers = try CompareStep.wanted(expected, "y.npy", "y", Shape(shape), .last, samples)
            #expect(isTaken && numbers == expected.doubles)
        } catch {
            let told = error.diagnostics.first
            #expect(!isTaken && told?.subject == ["data", "expected"], "\(error)")
            #expect(told?.message.contains("of shape \(given)") == true)
        }
    }

    /// In the order of a model file whose channels stand first they are put into the firmware's.
    @Test func expectedOutputsOfAModelWithItsChannelsFirst() throws {
        let shape: Shape = [2, 3]
        func taken(_ given: [Int]) throws -> [Double] {
            try CompareStep.wanted(try array(given), "y.npy", "y", shape, .first, 1)
        }
        #expect(try taken([1, 3, 2]) == [0, 2, 4, 1, 3, 5] && taken([1, 2, 3]) == [0, 1, 2, 3, 4, 5])
    }

    @Test func aDesignSaysWhichChannelsAreFirst() throws {
        var design = Design(
            io: .parallel, compat: .native, inputs: [.init(name: "x", shape: [2, 3], type: .fixed(8, 4))], nodes: [],
            outputs: ["x"])
        let last = try JSONEncoder().encode(design)
        #expect(!String(decoding: last, as: UTF8.self).contains("channelsFirst"))
        design.channelsFirst = ["x"]
        #expect(try JSONDecoder().decode(Design.self, from: JSONEncoder().encode(design)) == design)
        let batch = try InputBatch([try array([1, 3, 2])], names: ["x.npy"], for: design)
        #expect(batch.values == [[0, 2, 4, 1, 3, 5]])
    }

    @Test(arguments: [
        ([5, 2, 3], true), ([5, 6], true), ([5, 3, 2], false), ([6, 5], false), ([5, 1, 2, 3], true), ([2, 3], false),
    ])
    func inputs(given: [Int], isTaken: Bool) throws {
        let inputs: [(name: String, shape: Shape)] = [("x", [2, 3])]
        let batch = try? InputBatch([try array(given)], names: ["x.npy"], inputs: inputs)
        #expect((batch?.samples == 5) == isTaken)
    }

    /// The layout of a model file whose channels stand first is no other order.
    @Test func channelsFirst() throws {
        let inputs: [(name: String, shape: Shape)] = [("x", [4, 5, 3])]
        let names = ["x.npy"]
        let first = try InputBatch([try array([2, 3, 4, 5])], names: names, inputs: inputs, channels: .first)
        #expect(Array(first.values[0].prefix(3)) == [0, 20, 40])
        #expect(throws: DiagnosticError.self) {
            try InputBatch([try array([2, 3, 4, 5])], names: names, inputs: inputs)
        }
        #expect(throws: DiagnosticError.self) {
            try InputBatch([try array([2, 5, 4, 3])], names: names, inputs: inputs, channels: .first)
        }
    }

    /// The file of its numbers that a model names is the model's as well, where it is there.
    @Test func dataFileOfAModel() throws {
        let scratch = try Scratch()
        func fixture(_ name: String) throws -> [UInt8] { try Files.read(Repository.fixtures + "/onnx/" + name) }
        try scratch.write("hlsbuild.yml", "project: p\nmodel: in/beside.onnx\npart: xcu250-figd2104-2L-e\n")
        try Files.makeDirectories(scratch.absolute("in"))
        try Files.write(try fixture("beside.onnx"), to: scratch.absolute("in/beside.onnx"))
        func source() throws -> ModelSource {
            try Workspace(file: scratch.absolute("hlsbuild.yml"), overrides: [], templates: .embedded).project.model
        }
        #expect(try source() == .file("in/beside.onnx"))
        try Files.write(try fixture("beside.onnx.data"), to: scratch.absolute("in/beside.onnx.data"))
        #expect(try source() == .parts(architecture: "in/beside.onnx", weights: "in/beside.onnx.data"))
    }

    /// One that is missing is said once, whoever misses it.
    @Test func missingFiles() throws {
        let scratch = try Scratch()
        try scratch.write(
            "hlsbuild.yml",
            "project: p\nmodel: m.h5\npart: xcu250-figd2104-2L-e\ndata: {input: [a.npy, a.npy], expected: b.npy}\n")
        let workspace = try Workspace(file: scratch.absolute("hlsbuild.yml"), overrides: [], templates: .embedded)
        #expect(
            workspace.missingDataFiles().map(\.message) == ["'a.npy' is not there", "'b.npy' is not there"])
        let told = Diagnostic.error("cannot read 'b.npy': No such file or directory", subject: ["data", "expected"])
        #expect(workspace.missingDataFiles(besides: [told]).map(\.message) == ["'a.npy' is not there"])
    }
}

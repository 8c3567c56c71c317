import FirmwareSupport
import FixedPoint
import HLSWriter
import LayerKit
@testable import Layers
import Options
import Testing
import TestSupport

/// What an edit of the Design changes among the written files: the contract that incremental builds stand on.
@Suite struct IncrementalTests {
    private func design(
        weight: FixedType = .fixed(8, 2), accum: FixedType = .fixed(24, 12), result: FixedType = .fixed(16, 6),
        act: FixedType = .ufixed(8, 3), reuse: Int = 1, last: Int64? = nil
    ) -> Design {
        func fixed(_ count: Int, _ type: FixedType) -> QuantizedTensor {
            QuantizedTensor(type: type, shape: [4, count / 4], raw: (0..<count).map { Int64($0 % 15) - 7 })
        }
        var second = fixed(20, .fixed(8, 2))
        if let last { second.raw[19] = last }
        let bias = QuantizedTensor(type: .fixed(8, 2), shape: [5], raw: [1, 2, 3, 4, 5])
        let first = DenseOperation(
            weight: fixed(16, weight), bias: .init(type: .fixed(8, 2), shape: [4], raw: [1, 0, -1, 5]), accum: accum,
            resultType: result, strategy: .latency, reuse: reuse, exactSum: false)
        let final = DenseOperation(
            weight: second, bias: bias, accum: .fixed(24, 12), resultType: .fixed(16, 6), strategy: .latency, reuse: 1,
            exactSum: false)
        return Fixture.chain(
            .parallel, .fixed(16, 6), [4],
            [
                ("fc1", [4], first), ("relu1", [4], Fixture.relu(act)), ("fc2", [5], final),
                ("act2", [5], Fixture.relu(.fixed(12, 6))),
            ])
    }

    private func changed(_ design: Design, _ settings: WriterSettings = Fixture.settings()) throws -> Set<String> {
        let before = try Fixture.write(self.design()), after = try Fixture.write(design, settings)
        return Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
    }

    private func recompiled(_ design: Design, _ settings: WriterSettings = Fixture.settings()) throws -> Set<String> {
        let changed = try changed(design, settings)
        let files = try HLSProject(design, project: settings.project).files(
            settings, templates: Repository.templateFiles)
        return Set(
            HLSProject.compilationUnits(files)
                .filter { !changed.isDisjoint(with: $0.includes + [$0.source]) }.map(\.source))
    }

    @Test func nothingChangesNothing() throws {
        #expect(try changed(design()).isEmpty)
    }

    @Test func weightPrecision() throws {
        let edited = design(weight: .fixed(9, 2))
        #expect(
            try changed(edited) == [
                "firmware/layers/fc1_config.h", "firmware/weights/fc1_weight.h", "firmware/weights/fc1_weight.txt",
            ])
        #expect(try recompiled(edited) == ["firmware/layers/fc1.cpp"])
    }

    @Test func accumulator() throws {
        let edited = design(accum: .fixed(20, 12))
        #expect(try changed(edited) == ["firmware/layers/fc1_config.h"])
        #expect(try recompiled(edited) == ["firmware/layers/fc1.cpp"])
    }

    @Test func oneWeight() throws {
        let edited = design(last: 3)
        #expect(try changed(edited) == ["firmware/weights/fc2_weight.h", "firmware/weights/fc2_weight.txt"])
        #expect(try recompiled(edited) == ["firmware/layers/fc2.cpp"])
    }

    @Test func resultType() throws {
        #expect(
            try recompiled(design(result: .fixed(15, 6))) == ["firmware/layers/fc1.cpp", "firmware/net.cpp"])
        #expect(
            try recompiled(design(act: .ufixed(9, 3))) == ["firmware/layers/fc2.cpp", "firmware/net.cpp"])
    }

    @Test func clockAndPartChangeNoSource() throws {
        var settings = Fixture.settings()
        settings.part = "xc7z020clg400-1"
        settings.clockPeriod = "3.125"
        settings.clockUncertainty = "10%"
        #expect(try changed(design(), settings) == ["cosim.cfg", "csim.cfg", "export.cfg", "project.tcl", "synth.cfg"])
    }

    /// Each unit compiles with the files it is said to include and no other.
    @Test(arguments: IOType.allCases) func unitsAreComplete(_ io: IOType) async throws {
        let files = try HLSProject(try Fixture.tagger(io), project: Fixture.settings().project).files(
            Fixture.settings(), templates: Repository.templateFiles)
        let units = HLSProject.compilationUnits(files)
        #expect(
            units.map(\.source) == [
                "firmware/layers/fc1.cpp", "firmware/layers/fc2.cpp", "firmware/layers/fc3.cpp",
                "firmware/layers/output_layer.cpp", "firmware/net.cpp", "net_bridge.cpp",
            ])
        for unit in units {
            let simulation = try Simulation(alone: files.filter { ([unit.source] + unit.includes).contains($0.path) })
            try await simulation.shell("g++ \(Simulation.flags) -fsyntax-only -Ifirmware/ap_types \(unit.source)")
        }
    }
}

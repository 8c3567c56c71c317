import FirmwareSupport
import FixedPoint
import HLSWriter
import LayerKit
@testable import Layers
import Options
import Testing
import TestSupport

/// Several networks in one program, as in one design: nothing of one is taken for something of the other.
@Suite struct TwoProjectsTests {
    /// The same layers with other weights; an input whose elements differ in type, so that all that is ever written for
    /// the ports is there.
    private static func design(_ io: IOType, seed: UInt64) throws -> Design {
        var design = try Fixture.tagger(io, seed: seed)
        let each = (0..<16).map { FixedType.fixed(12 + $0 % 3, 6) }
        design.inputs[0].type = .axis(0, each)
        return design
    }

    @Test(arguments: IOType.allCases) func inOneProgram(_ io: IOType) async throws {
        let names = ["first", "second"]
        let designs = try [Self.design(io, seed: 1), Self.design(io, seed: 2)]
        let folder = try Scratch()
        for (name, design) in zip(names, designs) {
            let settings = Fixture.settings(project: name)
            let files = try HLSProject(design, project: name).files(settings, templates: Repository.templateFiles)
            for file in files { try folder.write("\(name)/\(file.path)", file.bytes) }
        }
        var dice = Dice(state: 5)
        let samples = (0..<4).map { _ in (0..<16).map { _ in 4 * dice.raw(.fixed(12, 6)) } }
        let rows = samples.map { "{" + $0.map(String.init).joined(separator: ", ") + "}" }
        // Both headers in one file, both bridges in one program.
        let main = """
            #include <stdio.h>
            #include "first/first_marshal.h"
            #include "second/second_marshal.h"
            int main() {
                static const long long in[4][16] = {\(rows.joined(separator: ", "))};
                long long out[5];
                for (int i = 0; i < 4; i++) {
                    first_marshal::run_packed(in[i], out);
                    for (int k = 0; k < 5; k++) printf("%lld ", out[k]);
                    second_marshal::run_packed(in[i], out);
                    for (int k = 0; k < 5; k++) printf("%lld ", out[k]);
                }
            }

            """
        try folder.write("main.cpp", main)
        let flags = Simulation.flags + " -DFIRST_NO_MAIN -DSECOND_NO_MAIN -Ifirst/firmware/ap_types"
        try await Command.shell(
            "exec 2>&1; g++ \(flags) main.cpp */*_bridge.cpp */firmware/*.cpp */firmware/layers/*.cpp -o both && "
                + "./both > out.txt", in: folder.path
        ).works()
        let found = folder.text("out.txt").split(separator: " ").compactMap { Int64($0) }
        let references = try designs.map { try Reference($0) }
        #expect(found == samples.flatMap { sample in references.flatMap { $0.run(sample) } })
        #expect(Set(references.map { $0.run(samples[0]) }).count == 2, "the networks are not the same")
    }

    /// Names that are words of the written code where one project's name ends as another's layer begins.
    @Test(arguments: IOType.allCases) func layersCalledAsSymbols(_ io: IOType) async throws {
        let type = FixedType.fixed(8, 3)
        let names = [
            "a", "net_a", "net_a_t", "a_t", "input_t", "result", "result_t", "marshal", "firmware", "float", "copy",
        ]
        let design = Fixture.chain(io, type, [2], names.map { ($0, [2], Fixture.relu(type)) })
        try await expectEqual(design, samples: 4)
    }
}

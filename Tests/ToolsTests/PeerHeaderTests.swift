import Basics
import Emulator
import FixedPoint
import Glibc
import Layers
import LayerKit
import Options
import Testing
import TestSupport

@testable import HLSChecker

/// With the vendor's open headers in place of ours the firmware gives the same integers, and both give the Design's.
///
/// Runs where `HLSBUILD_AP_TYPES` names the folder of these headers (see Tests/Peer); `HLSBUILD_CASES` may name a folder
/// of reference cases, whose models are taken too, and `HLSBUILD_PROJECTS` a word that the names of the projects have.
/// Prints a line for each project.
@Suite(.enabled(if: getenv("HLSBUILD_AP_TYPES") != nil)) struct PeerHeaderTests {
    private static let samples = 64

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    private static func designs() throws -> [(String, Design)] {
        var designs = try Corpus.all.get()
        for io in IOType.allCases {
            for seed in 1...30 {
                let design = try Corpus.withAdders(try RandomNetworks.network(seed, io))
                designs.append(("random \(seed) \(io)", design))
            }
        }
        if let folder = variable("HLSBUILD_CASES") {
            for name in try Files.list(folder) {
                let file = "\(folder)/\(name)/config.yml"
                for change in [("io_stream", "io_parallel"), ("io_parallel", "io_stream")] {
                    let project = Corpus.Trained(file: file, changes: [change])
                    // Some refuse the other way in which tensors travel.
                    if let design = try? Corpus.design(project) { designs.append(("\(name) \(change.1)", design)) }
                }
            }
        }
        let word = variable("HLSBUILD_PROJECTS") ?? ""
        return designs.filter { word.isEmpty || $0.0.contains(word) }
    }

    @Test func everyProjectGivesTheSameIntegers() async throws {
        let headers = try #require(Self.variable("HLSBUILD_AP_TYPES"))
        var different: [String] = []
        var count = 0, numbers = 0
        Self.show("  numbers  differ: ours   vendor's c++11   c++14   project")
        for (name, design) in try Self.designs() {
            let raw = Self.inputs(design)
            let wanted = try Self.emulated(design, raw)
            let ours = try await Self.simulated(design, raw, .vitis, headers: "firmware/ap_types")
            let vivado = try await Self.simulated(design, raw, .vivado, headers: headers)
            let vitis = try await Self.simulated(design, raw, .vitis, headers: headers)
            let wrong = [ours, vivado, vitis].map { Self.differences($0, wanted) }
            let cells = zip([wanted.count] + wrong, [9, 14, 17, 8]).map { number, width in
                String(repeating: " ", count: max(0, width - "\(number)".count)) + "\(number)"
            }
            Self.show(cells.joined() + "   " + name)
            if wrong.contains(where: { $0 > 0 }) { different.append(name) }
            count += 1
            numbers += wanted.count
        }
        Self.show("\(count) projects, \(numbers) numbers, \(different.count) projects differ")
        #expect(different == [])
        #expect(numbers > (Self.variable("HLSBUILD_PROJECTS") == nil ? 10_000 : 0))
    }

    /// A line on the standard output at once, whatever it leads to.
    private static func show(_ line: String) {
        Array("\(line)\n".utf8).withUnsafeBytes { _ = write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    }

    private static func differences(_ result: [Int64], _ wanted: [Int64]) -> Int {
        result.count == wanted.count ? zip(result, wanted).count { $0 != $1 } : wanted.count
    }

    /// Extremes first, then mixtures of them, then anything: sample by sample, all inputs of one after the other.
    private static func inputs(_ design: Design) -> [[Int64]] {
        var dice = Dice(state: 11)
        return (0..<samples).map { sample in
            design.inputs.flatMap { input -> [Int64] in
                let type = input.spec.type
                let least = type.leastValue, most = Int64(type.rawMax)
                let special = [least, most, 0, most / 2, 1, least < 0 ? -1 : 1]
                return (0..<input.shape.elementCount).map { _ in
                    if sample < special.count { return special[sample] }
                    return sample < 20
                        ? special[Int(dice.next() % UInt64(special.count))]
                        : Int64.random(in: least...most, using: &dice)
                }
            }
        }
    }

    private static func emulated(_ design: Design, _ raw: [[Int64]]) throws -> [Int64] {
        var inputs: [[Double]] = []
        var at = 0
        for input in design.inputs {
            let count = input.shape.elementCount
            inputs.append(raw.flatMap { $0[at..<at + count].map { input.spec.type.value($0) } })
            at += count
        }
        let outputs = try Emulator(design).predictRaw(inputs, samples: samples)
        return (0..<samples).flatMap { sample in
            outputs.flatMap { output in
                let size = output.count / samples
                return Array(output[sample * size..<(sample + 1) * size])
            }
        }
    }

    private static func simulated(_ design: Design, _ raw: [[Int64]], _ target: PragmaTable.Target, headers: String)
        async throws -> [Int64]
    {
        let scratch = try Scratch()
        let files = try Corpus.written(design, target)
        for (path, text) in files where path.hasSuffix(".h") || path.hasSuffix(".cpp") { try scratch.write(path, text) }
        let sources = files.keys.filter {
            $0.hasSuffix(".cpp") && ($0.hasPrefix("firmware/") || $0.hasSuffix("_bridge.cpp"))
        }
        try scratch.write("all.cpp", sources.sorted().map { "#include \"\($0)\"\n" }.joined())
        let words = raw.flatMap { $0 }.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
        try scratch.write("in.bin", words)
        // Without exceptions the vendor's constants, each of which is constructed, compile in a seventh of the time.
        let standard = target == .vivado ? "c++11" : "c++14"
        let run = try await shell(
            """
            cd '\(scratch.path)' && g++ -std=\(standard) -O0 -w -fno-exceptions -I. -I'\(headers)' all.cpp -o csim \
            && ./csim in.bin out.bin
            """)
        // The vendor's streams say on the standard output what is left in them.
        guard run.status == 0, run.output.isEmpty else { throw TestFailure(String(run.output.prefix(2000))) }
        let bytes = try scratch.bytes("out.bin")
        return stride(from: 0, to: bytes.count - 7, by: 8).map { at in
            (0..<8).reduce(Int64(0)) { $0 | Int64(truncatingIfNeeded: UInt64(bytes[at + $1]) << (8 * UInt64($1))) }
        }
    }

}

import Basics
import CZlib
import Config
import Emulator
import Estimates
import Frontends
import HLSWriter
import LayerKit
import Layers
import Optimizer
import Options
import Release
import Reports
import Steps
import TestSupport
import Zip

extension Format {
    /// Every reader of what comes from outside. A format of models is one line: its seeds, and what reads it.
    static let all: [Format] = [
        Format("project", .text, seeds: Seeds.projects) { _ = try ProjectFile.parse($0, file: "hlsbuild.yml") },
        Format("hls4ml", .text, seeds: Seeds.hls4ml) { _ = try ProjectFile.parse($0, file: "config.yml") },
        Format("set", .text, seeds: Seeds.settings) {
            _ = try ProjectFile.parse(Seeds.minimal, file: "p.yml", overrides: [String(decoding: $0, as: UTF8.self)])
        },
        Format("design", .text, seeds: Seeds.projects) { try Design.make(of: Seeds.model.get(), project: $0) },
        Format("json", .text, seeds: Seeds.json) { _ = try JSONValue(parsing: $0, name: "m.json") },
        Format("keras", .json, seeds: Seeds.json) {
            try ModelSeeds.compute(
                .parts(
                    architecture: .init(name: "m.json", bytes: $0), weights: .init(name: "w.h5", bytes: Seeds.weights)))
        },
        Format("h5", .patched, seeds: ModelSeeds.hdf5) {
            try ModelSeeds.compute(.whole(.init(name: "m.h5", bytes: $0)))
        },
        Format("keras-archive", .archive, seeds: ModelSeeds.kerasArchives) {
            try ModelSeeds.compute(.whole(.init(name: "m.keras", bytes: $0)))
        },
        Format("keras-config", .json, seeds: ModelSeeds.kerasConfigs, mend: ModelSeeds.kerasArchive(config:_:)) {
            try ModelSeeds.compute(.whole(.init(name: "m.keras", bytes: $0)))
        },
        Format("keras-weights", .patched, seeds: ModelSeeds.kerasWeights, mend: ModelSeeds.kerasArchive(weights:_:)) {
            try ModelSeeds.compute(.whole(.init(name: "m.keras", bytes: $0)))
        },
        Format("onnx", .messages, seeds: ModelSeeds.onnx) {
            try ModelSeeds.compute(.whole(.init(name: "m.onnx", bytes: $0)))
        },
        Format("onnx-external", .messages, seeds: ModelSeeds.external.models) {
            try ModelSeeds.compute(
                .parts(
                    architecture: .init(name: "m.onnx", bytes: $0),
                    weights: .init(name: "data.bin", bytes: ModelSeeds.external.data)))
        },
        Format("pytorch", .archive, seeds: ModelSeeds.pytorch) {
            try ModelSeeds.compute(.whole(.init(name: "m.pt2", bytes: $0)))
        },
        Format("pytorch-legacy", .patched, seeds: ModelSeeds.pytorchLegacy) {
            try ModelSeeds.compute(.whole(.init(name: "m.pt", bytes: $0)))
        },
        Format("exported", .json, seeds: ModelSeeds.programs, mend: ModelSeeds.exportedArchive) {
            try ModelSeeds.compute(.whole(.init(name: "m.pt2", bytes: $0)))
        },
        Format("npy", .binary, seeds: Seeds.arrays) { _ = try DataFile.read($0, name: "x.npy") },
        Format("numbers", .text, seeds: [Array("1 2.5 -3e-2\n4 5 6\n".utf8), Array("0\n1\n".utf8)]) {
            _ = try DataFile.read($0, name: "x.dat")
        },
        Format("report", .text, seeds: Seeds.reports) { _ = try ReportReader.read($0, name: "report") },
        Format("gzip", .binary, seeds: Seeds.compressed) { _ = try ReportReader.read($0, name: "report.gz") },
        Format("channels", .text, seeds: Seeds.channels) { bytes in
            _ = ChannelProfile(list: bytes, files: ["a.txt": bytes, "b.txt": Array("3\n".utf8)])
        },
        Format("tar", .binary, seeds: Seeds.releases) { _ = try Tar.decode($0) },
        Format("release", .text, seeds: Seeds.manifests, mend: Seeds.release) { bytes in
            let archive = try ReleaseArchive(verifying: bytes), manifest = try Manifest(archive)
            _ = try ProjectFile.parse(
                archive.files["project/" + manifest.projectFile] ?? [], file: manifest.projectFile,
                overrides: manifest.settings)
        },
        Format("zip", .binary, seeds: Seeds.archives) { _ = try ZipArchive.entries($0) },
    ]
}

extension Format {
    /// A reader with every fault there is, to try this program on; not one of `all`.
    static let faulty = Format("faulty", .binary, seeds: [[1, 2, 3, 4, 5, 6, 7, 8]]) { bytes in
        switch bytes.first {
        case 0xFF: precondition(bytes.count > Int.max - 1, "a reader that traps")
        case 0x7F: _ = [UInt8](repeating: 1, count: 2 << 30).count
        default: if bytes.count > 100 { throw TestFailure("a refusal") }
        }
    }
}

extension Design {
    /// Everything that is computed of a network before a tool runs, with the settings of a project.
    static func make(of model: Model, project: [UInt8]? = nil) throws {
        let project = try project.map { try ProjectFile.parse($0, file: "hlsbuild.yml") }
        let (design, _) = try Pipeline.optimize(
            model, options: project?.options ?? OptionTable(), io: project?.io ?? .parallel)
        let placed = try PlacedDesign(design)
        _ = DesignEstimate(
            placed,
            Target(
                backend: project?.backend ?? .vitis, part: project?.part ?? "xcvu13p-flga2577-2-e",
                period: project?.clock.period.double ?? 5))
        let inputs = placed.inputs.map { (0..<$0.count).map { 0.37 * Double($0) - 1 } }
        // Larger networks take their time, and no other way.
        guard inputs.reduce(0, { $0 + $1.count }) < 10_000 else { return }
        _ = Emulator(placed).predict(inputs, samples: 1)
        _ = try HLSProject(placed, project: project?.name ?? "p")
    }
}

/// Inputs that are right.
private enum Seeds {
    private static func file(_ path: String) -> [UInt8] { (try? Files.read(Repository.root + "/" + path)) ?? [] }

    /// The files of a folder that are not too large to be changed often.
    private static func files(_ folder: String, _ ending: String, atMost limit: Int = 40_000) -> [[UInt8]] {
        let root = Repository.root + "/" + folder
        let paths = ((try? FileTree.paths(below: root)) ?? []).filter { $0.hasSuffix(ending) }
        return paths.compactMap { try? Files.read(root + "/" + $0) }.filter { $0.count <= limit }
    }

    static let minimal = file("Templates/projects/minimal/hlsbuild.yml")

    static let projects = [
        minimal, file("Projects/jet-tagger/hlsbuild.yml"),
        Array(
            """
            project: p
            model: {architecture: m.json, weights: w.h5}
            backend: vitis
            part: xcvu13p-flga2577-2-e
            clock: {period: 200 MHz, uncertainty: 12.5%}
            io: stream
            compat: native
            precision: {default: auto, maximum: "fixed<24,8>", weight: "fixed<8,3,RND,SAT>", accum: "ap_fixed<32,12,AP_TRN,AP_WRAP,0>"}
            reuse: 4
            strategy: resource
            table_size: 1024
            layers:
              hidden: {precision: {weight: "fixed<10,4>", result: auto}, reuse: 2, strategy: latency, fifo_depth: 3}
              score: &a {precision: "fixed<16,6>"}
            types:
              Dense: {precision: {accum: "fixed<30,10>", bias: "int<8>"}, reuse: 1}
              Activation: {table_size: 512, precision: {table: "ufixed<18,1>"}}
            data: {input: [x.npy], expected: y.npy, tolerance: 1e-3}
            expect: {lut: <= 100, latency: "<= 1 us", accuracy: ">= 99%", clock: ">= 200 MHz"}
            tools: {cxx: g++, vitis: 2024.2}
            synth: {cosim: 3}
            vsynth: {effort: route}
            export: {format: xo, version: 1.2.3}
            licence: {seats: 2, wait: 30 min}

            """.utf8),
    ]

    static let hls4ml = files("Tests/Fixtures/cases", "config.yml")

    static let settings = [
        "layers.fc1.reuse=4", "precision=fixed<16,6>", "clock=200 MHz", "clock.uncertainty=5%",
        "layers.\"a.b\".precision.weight=ap_fixed<8,2,AP_RND,AP_SAT>", "data.input=[a.npy, b.npy]",
        "types.Dense={reuse: 2, strategy: resource}", "expect.lut=<= 100", "tools.cxx='g++'",
    ].map { Array($0.utf8) }

    static let weights = file("Tests/Fixtures/keras_zoo_weights.h5")
    static let json = [file("Tests/Fixtures/keras_zoo.json")] + files("Tests/Fixtures/cases", "model.json")
    /// The network that settings are tried on.
    static let model = Result { () throws -> Model in
        let bytes = file("Tests/Fixtures/keras_chain.h5")
        return try ModelReader.read(.whole(.init(name: "m.h5", bytes: bytes)))
    }
    static let arrays = files("Tests/Fixtures/npy", ".npy", atMost: 4000)

    static let compressed = files("Tests/Fixtures/reports", ".gz", atMost: 1200)
    static let reports = compressed.compactMap(unpacked).filter { $0.count <= 20_000 }

    static let channels = ["region,name,depth,file\ntop,fc1_out_U,4,a.txt\ntop,fc2_out_U,2,b.txt\n", "1\n2\n3\n"].map {
        Array($0.utf8)
    }

    static let manifests: [[UInt8]] = [
        Manifest(
            project: "p", hlsbuild: "1.0.0", projectFile: "hlsbuild.yml", settings: ["clock=5 ns", "layers.a.reuse=2"],
            stages: [
                .init(name: "parse", present: true, why: nil), .init(name: "synth", present: false, why: "no tool"),
            ],
            leftOut: [.init(path: "build/x", why: "a log")],
            tools: [.init(stage: "csim", name: "g++", version: "12", sha256: Digest(of: "g++").hex)])
    ].compactMap { try? $0.encoded() }

    /// A release around a manifest, its sums made anew, with a file of some name beside it.
    static func release(_ manifest: [UInt8], _ dice: inout Dice) -> [UInt8] {
        let length = dice.roll(1...(dice.chance(8) ? 300 : 20))
        let marks = Array("ab/.\u{301}\u{202E}-_ é".unicodeScalars)
        var name = String.UnicodeScalarView()
        for _ in 0..<length { name.append(marks[dice.roll(0...marks.count - 1)]) }
        let archive = ReleaseArchive(
            root: "p",
            files: [Manifest.path: manifest, "project/hlsbuild.yml": minimal, "x" + String(name): [1, 2, 3]])
        return (try? archive.encoded()) ?? manifest
    }

    static let releases: [[UInt8]] = {
        var dice = Dice(state: 1)
        return manifests.map { release($0, &dice) }
    }()

    static let archives =
        [
            [ZipEntry("a.txt", Array("some text".utf8)), ZipEntry("folder/b.txt", [])],
            [ZipEntry("c.bin", [UInt8](repeating: 7, count: 3000))], [],
        ].compactMap { try? ZipArchive.stored($0) } + [deflated]

    /// An archive with a compressed file, as Python's zipfile writes it.
    private static let deflated: [UInt8] = file("Tests/Fixtures/Hostile/zip/deflated.zip")

    /// A gzip file unpacked.
    private static func unpacked(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        guard inflateInit2_(&stream, 15 + 16, zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            return nil
        }
        defer { inflateEnd(&stream) }
        var input = bytes, output = [UInt8](repeating: 0, count: 1 << 18)
        let size: Int? = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                (stream.next_in, stream.avail_in) = (source.baseAddress, UInt32(source.count))
                (stream.next_out, stream.avail_out) = (target.baseAddress, UInt32(target.count))
                return inflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.total_out) : nil
            }
        }
        return size.map { Array(output[..<$0]) }
    }
}

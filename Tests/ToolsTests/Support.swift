import Basics
import BuildEngine
import Config
import HLSWriter
import Stages
import Steps
import Synchronization
import TestSupport
import ToolRunner

extension Scratch {
    /// Installs a stand-in; gives its folder.
    @discardableResult func install(_ program: String, _ release: String, at folder: String) async throws -> String {
        let whole = absolute(folder)
        try await Command(Repository.root + "/Tests/StandInTool/install.sh", [whole, program, release]).works()
        return whole
    }
}

/// Keeps all events; tells one waiter when a line comes.
final class Events: Reporter {
    private let kept = Mutex<[BuildEvent]>([])

    var all: [BuildEvent] { kept.withLock { $0 } }

    func report(_ event: BuildEvent) { kept.withLock { $0.append(event) } }

    var diagnostics: [Diagnostic] {
        all.compactMap { if case .diagnostic(let diagnostic, _) = $0 { diagnostic } else { nil } }
    }

    var lines: [String] {
        all.compactMap { if case .output(_, _, let line) = $0 { line } else { nil } }
    }

    /// `stage/step outcome` of the steps that ended well.
    var steps: [String] {
        all.compactMap { event in
            guard case .stepFinished(let step) = event, step.succeeded else { return nil }
            return "\(step.stage)/\(step.label) \(step.outcome.rawValue)"
        }
    }
}

/// A project of the jet tagger with stand-ins for the tools.
final class Chain: Sendable {
    let scratch: Scratch
    var folder: String { scratch.path + "/project" }
    let hls: String
    let vivado: String

    init(_ backend: String = "vitis", release: String = "2024.2") async throws {
        scratch = try Scratch()
        let program = backend == "vivado" ? "vivado_hls" : "vitis-run"
        let product = backend == "vivado" ? "Vivado" : "Vitis"
        hls = try await scratch.install(program, release, at: "Xilinx/\(product)/\(release)")
        vivado = try await scratch.install("vivado", release, at: "Xilinx/Vivado/\(release)")
        try scratch.write("project/model.h5", try Files.read(Repository.tagger + "/model.h5"))
    }

    /// Says what goes wrong in the next runs of a tool; empty: nothing.
    func fault(_ fault: String, in tool: String) throws { try Files.write(Array(fault.utf8), to: tool + "/fault") }

    /// How often C was synthesised so far.
    var syntheses: Int {
        ((try? Files.text(hls + "/syntheses")) ?? "").split(separator: "\n").count
    }

    /// The runs of both tools so far: `vitis-run synth.tcl`.
    var runs: [String] {
        Set([hls, vivado]).sorted().flatMap { tool in
            ((try? Files.text(tool + "/runs")) ?? "").split(separator: "\n").map { line in
                line.split(separator: " ").joined(separator: " ")
            }
        }
    }

    func project(_ lines: String, backend: String = "vitis") throws -> Project {
        let text = """
            project: net
            model: model.h5
            backend: \(backend)
            part: xcvu13p-flga2577-2-e
            precision: fixed<16,6>
            \(lines)
            """
        return try ProjectFile.parse(Array(text.utf8), file: folder + "/hlsbuild.yml")
    }

    @discardableResult func build(
        _ targets: [String], _ lines: String = "", backend: String = "vitis", environment: [String: String] = [:],
        roots: [String]? = nil, dryRun: Bool = false, events: Events = Events()
    ) async throws -> (summary: BuildSummary, events: Events) {
        var variables = [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": scratch.path + "/home",
            // Tests that run at the same time are no rivals for licences.
            "HLSBUILD_SEATS": scratch.path + "/seats",
        ]
        variables.merge(environment) { _, new in new }
        let world = World(folder: folder, environment: variables)
        let road = Road(
            ProjectSite(
                try project(lines, backend: backend), templates: .folder(Repository.templates),
                toolRoots: roots ?? [scratch.path + "/Xilinx"]))
        let builder = Builder(world: world, runner: LocalRunner(grace: .milliseconds(300)), reporter: events)
        let summary = try await builder.build(
            try road.flow(),
            BuildOptions(targets: targets.map { StageIdentity($0) }, jobs: 2, keepGoing: true, dryRun: dryRun))
        return (summary, events)
    }

    /// The environment of the last run of a stage's tool, `NAME=VALUE` a line.
    func environment(of stage: String) -> String {
        (try? Files.text((stage == "vsynth" ? vivado : hls) + "/environment")) ?? ""
    }

    /// A file of `build/`.
    func built(_ path: String) -> String { scratch.text("project/build/" + path) }
}

extension BuildSummary {
    func outcome(_ stage: String) -> StageOutcome? { stages.first { $0.name == stage }?.outcome }
    func why(_ stage: String) -> String { stages.first { $0.name == stage }?.why ?? "" }
}

/// A second reading of zip files: by the directory at the end, as programs that unpack read them.
enum Zip {
    struct Broken: Error { var what: String }

    /// The stored files by path, each checked against its checksum.
    static func read(_ bytes: [UInt8]) throws -> [String: [UInt8]] {
        func number(_ at: Int, _ size: Int) throws -> Int {
            guard at >= 0, at + size <= bytes.count else { throw Broken(what: "ends early") }
            return (0..<size).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
        }
        let end = bytes.count - 22
        guard try number(end, 4) == 0x0605_4B50 else { throw Broken(what: "no end") }
        var at = try number(end + 16, 4)
        var files: [String: [UInt8]] = [:]
        for _ in 0..<(try number(end + 10, 2)) {
            guard try number(at, 4) == 0x0201_4B50, try number(at + 10, 2) == 0 else { throw Broken(what: "entry") }
            // The first of January 1980, midnight.
            guard try number(at + 12, 2) == 0, try number(at + 14, 2) == 0x21 else { throw Broken(what: "date") }
            let size = try number(at + 20, 4), name = try number(at + 28, 2), local = try number(at + 42, 4)
            guard try number(local, 4) == 0x0403_4B50, try number(local + 28, 2) == 0 else {
                throw Broken(what: "local")
            }
            let start = local + 30 + (try number(local + 26, 2))
            let content = Array(bytes[start..<start + size])
            guard checksum(content) == (try number(at + 16, 4)) else { throw Broken(what: "checksum") }
            files[String(decoding: bytes[at + 46..<at + 46 + name], as: UTF8.self)] = content
            at += 46 + name
        }
        guard at == end else { throw Broken(what: "directory") }
        return files
    }

    /// Bit by bit, as the definition has it.
    private static func checksum(_ bytes: [UInt8]) -> Int {
        var value: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
        return Int(~value)
    }
}

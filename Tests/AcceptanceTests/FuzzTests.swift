import Basics
import TestSupport
import Testing

/// The program behind `make fuzz`: what it once found, and that it finds anything.
@Suite struct FuzzTests {
    private func driver(_ words: String...) async throws -> Ended {
        let quiet = Command.plainEnvironment.merging(["SWIFT_BACKTRACE": "enable=no"]) { _, new in new }
        return try await Command(Repository.program("FuzzDriver"), words, environment: quiet).run()
    }

    /// `Tests/Fixtures/Hostile/FORMAT/*`: what once ended a reader, took for ever or more memory than a gibibyte.
    @Test func whatWasOnceFoundIsReadOrRefused() async throws {
        let folder = Repository.fixtures + "/Hostile"
        let found = try FileTree.paths(below: folder).filter { $0.contains("/") }
        #expect(!found.isEmpty)
        for path in found {
            let format = String(path.prefix { $0 != "/" })
            let ended = try await driver("one", format, folder + "/" + path, "\(1 << 30)")
            #expect(ended.signal == nil, "\(path)")
            #expect([0, 1].contains(ended.status), "\(path): exit \(ended.status)")
        }
    }

    /// A few inputs of every format, as a rule of thumb.
    @Test func everyFormatIsTried() async throws {
        let scratch = try Scratch()
        let ended = try await driver("20", "7", scratch.path)
        #expect(ended.status == 0, "\(ended.output)\(ended.errors)")
        let rows = ended.output.split(separator: "\n")
        for format in [
            "project", "hls4ml", "set", "keras", "keras-archive", "h5", "onnx", "pytorch", "npy", "report", "release",
            "zip",
        ] {
            #expect(rows.contains { $0.hasPrefix(format + " ") && $0.contains(" 20 ") }, "\(format)")
        }
    }

    /// A reader that traps, and that takes two gibibytes: both are found and kept as small as they go.
    @Test func faultsAreFound() async throws {
        let scratch = try Scratch()
        let ended = try await driver("120", "1", scratch.path, "faulty")
        #expect(ended.status == 1)
        let kept = try FileTree.files(below: scratch.path)
        #expect(kept.contains { $0.key.hasSuffix(".signal") && $0.value == [0xFF] })
        #expect(kept.contains { $0.key.hasSuffix(".memory") && $0.value == [0x7F] })
        #expect(!kept.contains { $0.key.contains("progress") })
    }
}

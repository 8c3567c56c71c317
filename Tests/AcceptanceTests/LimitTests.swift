import Basics
import Glibc
import TestSupport
import Testing

/// Large, odd and costly inputs, through the command line, within a gibibyte of address space and less.
@Suite struct LimitTests {
    private static let gibibyte = 1 << 30

    /// `hlsbuild` in a playground, within so many bytes of address space.
    private func run(_ playground: Playground, within memory: Int = gibibyte, _ words: String...) async throws -> Ended
    {
        var command = try playground.command(words, json: false)
        command.arguments = ["--as=\(memory)", "--", command.path] + command.arguments
        command.path = "/usr/bin/prlimit"
        return try await command.run()
    }

    /// Refused, with a message that says what, without a signal.
    private func expectRefused(
        _ ended: Ended, _ message: String, statuses: Set<Int32> = [2],
        at place: Testing.SourceLocation = #_sourceLocation
    ) {
        #expect(ended.signal == nil, "a signal", sourceLocation: place)
        #expect(statuses.contains(ended.status), "exit \(ended.status)", sourceLocation: place)
        #expect(ended.errors.contains(message), "\(ended.errors)", sourceLocation: place)
        #expect(ended.errors.utf8.count < 20_000, sourceLocation: place)
    }

    /// Ten gigabytes that take no room on the disk.
    private func makeHuge(_ playground: Playground, _ name: String) throws {
        try playground.write([UInt8](), to: name)
        #expect(truncate(playground.path(name), 10_000_000_000) == 0)
    }

    @Test func hugeFilesAreRefusedByTheirSize() async throws {
        let playground = try await Playground()
        for name in ["model.h5", "input.npy", "expected.npy"] {
            let whole = try playground.bytes(name)
            try makeHuge(playground, name)
            let ended = try await run(playground, "csim")
            expectRefused(ended, "'\(name)': 10000000000 bytes are more than a ", statuses: [1, 2])
            try playground.remove(name)
            try playground.write(whole, to: name)
        }
        try makeHuge(playground, "huge")
        let file = playground.path("huge")
        expectRefused(try await run(playground, "verify", file), "bytes are more than a release", statuses: [1])
        expectRefused(try await run(playground, "report", "--read", file), "more than any report has")
        let predicted = try await run(playground, "predict", "--input", file, "--output", playground.path("y.npy"))
        expectRefused(predicted, "bytes are more than a data file", statuses: [1, 2])
        expectRefused(try await run(playground, "init", "--model", file, "new"), "bytes are more than a model file")
        try makeHuge(playground, "hlsbuild.yml")
        expectRefused(try await run(playground, "check"), "the file has 10000000000 bytes")
    }

    @Test func whatIsNoFileIsNamed() async throws {
        let playground = try await Playground(built: true)
        let pipe = playground.path("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        for (path, what) in [(pipe, "it is a FIFO"), ("/dev/zero", "it is a device"), ("/", "Is a directory")] {
            let predicted = try await run(playground, "predict", "--input", path, "--output", playground.path("y.npy"))
            expectRefused(predicted, what, statuses: [1, 2])
            expectRefused(try await run(playground, "verify", path), what, statuses: [1])
            expectRefused(try await run(playground, "report", "--read", path), what)
            expectRefused(try await run(playground, "init", "--model", path, "new"), what)
        }
        for name in ["model.h5", "input.npy"] {
            try playground.remove(name)
            #expect(mkfifo(playground.path(name), 0o600) == 0)
            expectRefused(try await run(playground, "csim"), "it is a FIFO", statuses: [1, 2])
        }
    }

    @Test func settingsThatGoDeepAreRefused() async throws {
        let playground = try await Playground()
        let keys = Array(repeating: "a", count: 20_000).joined(separator: ".")
        expectRefused(try await run(playground, "check", "--set", keys + "=1"), "20000 keys, one within the other")
        expectRefused(
            try await run(playground, "check", "--set", "precision=fixed<16,-9223372036854775808>"),
            "--set precision=fixed<16,-9223372036854775808>:1:11: error: ")
    }

    @Test func aKeyOfMegabytesIsAnError() async throws {
        let playground = try await Playground()
        try playground.append(String(repeating: "strategy", count: 900_000) + ": 1\n", to: "hlsbuild.yml")
        expectRefused(try await run(playground, "check"), "hlsbuild.yml:48:7200001: error: a key without ':'")
    }

    @Test func thousandsOfWrongNamesAreTold() async throws {
        let playground = try await Playground()
        let text = try Files.text(playground.path("hlsbuild.yml"))
        let names = (0..<3000).map { "  fcc\($0): {reuse: 1}\n" }.joined()
        try playground.write(text.replacing("\nlayers:\n", with: "\nlayers:\n" + names), to: "hlsbuild.yml")
        expectRefused(try await run(playground, "check"), "2900 more like these")
    }

    /// What the system's loader needs comes first: its own message and status 127. Below 28 MB the kernel itself ends
    /// the program before it begins.
    @Test(arguments: [30, 40, 50, 60, 80, 100, 150, 200, 250])
    func littleAddressSpaceIsAnError(megabytes: Int) async throws {
        let playground = try await Playground()
        for words in [["check"], ["status"], ["csim"], ["verify", "x.tar"], ["report", "--read", "x"]] {
            var command = try playground.command(words, json: false)
            command.arguments = ["--as=\(megabytes << 20)", "--", command.path] + command.arguments
            command.path = "/usr/bin/prlimit"
            let ended = try await command.run()
            #expect(ended.signal == nil, "\(megabytes) MB, \(words): a signal")
            #expect([1, 2, 127].contains(ended.status), "\(megabytes) MB, \(words): exit \(ended.status)")
            #expect(ended.errors.contains("error"), "\(megabytes) MB, \(words): \(ended.errors)")
        }
    }

    /// Of no samples there are no results, with every engine.
    @Test func noSamplesGiveNoResults() async throws {
        let playground = try await Playground(built: true)
        let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 16), }"
        let text = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
        let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, UInt8(text.utf8.count), 0]
        try playground.write(magic + Array(text.utf8), to: "none.npy")
        for engine in ["emulator", "csim", "float"] {
            let (input, output) = (playground.path("none.npy"), playground.path(engine + ".npy"))
            let ended = try await playground.run("predict", "--input", input, "--output", output, "--engine", engine)
            #expect(ended.status == 0, "\(engine): \(ended.errors)")
            #expect(String(decoding: try playground.bytes(engine + ".npy"), as: UTF8.self).contains("'shape': (0, 5)"))
        }
    }

    /// Of the state that the engine keeps, nothing large is read; at worst it is made anew.
    @Test func hugeFilesOfStateAreNotRead() async throws {
        let playground = try await Playground(built: true)
        let names = try Files.list(playground.path(".hlsbuild")).map { ".hlsbuild/" + $0 }
        let files = names.filter { Files.linkStatus(playground.path($0))?.kind == .file }
        #expect(files.count >= 3)
        for name in files {
            try makeHuge(playground, name)
            for words in ["status", "parse", "report"] {
                let ended = try await run(playground, words)
                #expect(ended.signal == nil && [0, 1, 2].contains(ended.status), "\(name), \(words): \(ended)")
            }
            try playground.remove(name)
        }
    }

    /// A few bytes a sample, and thousands for what the network makes of it.
    @Test func resultsThatDoNotFitAreAnError() async throws {
        let playground = try await Playground(built: true)
        let samples = 300_000
        let header = "{'descr': '|i1', 'fortran_order': False, 'shape': (\(samples), 16), }"
        let text = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
        let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, UInt8(text.utf8.count), 0]
        try playground.write(magic + Array(text.utf8) + [UInt8](repeating: 1, count: 16 * samples), to: "many.npy")
        let (input, output) = (playground.path("many.npy"), playground.path("y.npy"))
        let ended = try await run(
            playground, "predict", "--input", input, "--output", output, "--trace", playground.path("trace"))
        expectRefused(ended, "numbers, which do not fit into the memory", statuses: [1, 2])
    }

    @Test func templatesThatLeadInCirclesAreRefused() async throws {
        let playground = try await Playground()
        try await playground.useOwnTemplates()
        let folder = try #require(playground.environment["HLSBUILD_TEMPLATES"])
        for name in ["round", "again"] { #expect(symlink(".", folder + "/hls/" + name) == 0) }
        expectRefused(try await run(playground, "write"), "folders deep", statuses: [1, 2])
    }

    /// What optimize made is read again by those who only look, from a file that anybody can edit.
    @Test(arguments: ["9223372036854775807", "-1", "0"])
    func designsThatAreNoneAreErrors(reuse: String) async throws {
        let playground = try await Playground(built: true)
        let name = "build/optimize/design.json"
        let text = try Files.text(playground.path(name))
        #expect(text.contains("\"reuse\" : 1,"))
        try playground.write(text.replacing("\"reuse\" : 1,", with: "\"reuse\" : \(reuse),"), to: name)
        let ended = try await playground.run("report")
        #expect(ended.signal == nil && ended.status != 0, "\(ended)")
        #expect(ended.errors.contains("has a reuse factor of \(reuse)"), "\(ended.errors)")
    }
}

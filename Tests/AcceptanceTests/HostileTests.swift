import Basics
import Glibc
import Testing
import TestSupport

/// Files that are not what they should be, through the command line: always a message, never a crash.
@Suite struct HostileTests {
    /// Runs up to `stage` and checks that the program ends by itself, with a message if not well.
    @discardableResult
    private func survives(
        _ playground: Playground, _ stage: String, _ what: String, statuses: Set<Int32> = [1, 2]
    ) async throws -> Outcome {
        let outcome = try await playground.build(stage)
        #expect(outcome.ended.signal == nil, "\(what): a crash")
        if outcome.status != 0 {
            #expect(statuses.contains(outcome.status), "\(what): exit \(outcome.status)")
            #expect(outcome.errors.contains("error: "), "\(what): no message")
        }
        return outcome
    }

    @Test func truncatedModel() async throws {
        let playground = try await Playground(built: true)
        let whole = try playground.bytes("model.h5")
        let right = try Tree(playground.path("build/parse"))
        var refused = 0
        let lengths = Array(0..<16) + stride(from: 16, to: whole.count, by: 1021)
        for length in lengths {
            try playground.overwrite(Array(whole.prefix(length)), "model.h5")
            let outcome = try await survives(playground, "parse", "\(length) bytes", statuses: [2])
            if outcome.status == 0 {
                #expect(try Tree(playground.path("build/parse")).differences(from: right) == [])
            } else {
                refused += 1
            }
        }
        #expect(refused == lengths.count)
        print("hostile | model cut at \(lengths.count) lengths | \(refused) refused, 0 crashes")
    }

    @Test func damagedModel() async throws {
        let playground = try await Playground(built: true)
        let whole = try playground.bytes("model.h5")
        var random = Dice(state: 7)
        var refused = 0
        let count = 80
        for _ in 0..<count {
            var bytes = whole
            // Most of what decides the structure lies before the weights.
            for _ in 0..<4 { bytes[random.roll(0...11_999)] = UInt8(truncatingIfNeeded: random.next()) }
            try playground.overwrite(bytes, "model.h5")
            if try await survives(playground, "write", "damaged bytes").status != 0 { refused += 1 }
        }
        print("hostile | model with 4 random bytes, \(count) times | \(refused) refused, 0 crashes")
    }

    @Test func notAModelAtAll() async throws {
        let playground = try await Playground()
        var random = Dice(state: 11)
        let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]
        for length in [0, 1, 100, 5000] {
            let noise = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            for start in [[], signature] {
                try playground.write(start + noise, to: "model.h5")
                #expect(try await survives(playground, "csim", "noise").status == 2)
            }
        }
        for text in ["{}", "[]", "{\"class_name\": \"Sequential\"}", String(repeating: "[", count: 100_000)] {
            try playground.write(text, to: "model.h5")
            #expect(try await survives(playground, "csim", "JSON").status == 2)
        }
        try playground.remove("model.h5")
        try Files.makeDirectories(playground.path("model.h5"))
        #expect(try await survives(playground, "csim", "a folder as the model").status == 2)
        try playground.remove("model.h5")
        #expect(symlink("model.h5", playground.path("model.h5")) == 0)
        #expect(try await survives(playground, "csim", "a link to itself as the model").status == 2)
        try playground.remove("model.h5")
        #expect(mkfifo(playground.path("model.h5"), 0o644) == 0)
        #expect(try await survives(playground, "csim", "a pipe as the model").status == 2)
    }

    @Test func notAProjectFile() async throws {
        let playground = try await Playground()
        var random = Dice(state: 13)
        let whole = try playground.bytes("hlsbuild.yml")
        var files: [[UInt8]] = [
            [], [0], [0xFF, 0xFE], Array("\u{FEFF}".utf8), Array("project".utf8), Array("- a\n- b\n".utf8),
            Array("a: &a [*a]\n".utf8), Array("{".utf8), Array("\t\n".utf8), Array("---\n---\n".utf8),
            [UInt8](repeating: UInt8(ascii: "["), count: 50_000),
        ]
        for _ in 0..<10 { files.append((0..<500).map { _ in UInt8(truncatingIfNeeded: random.next()) }) }
        for file in files {
            try playground.write(file, to: "hlsbuild.yml")
            for command in ["csim", "check", "status"] {
                let ended = try await playground.run(command)
                #expect(ended.status == 2, "\(command): \(file.prefix(20))")
                #expect(ended.errors.contains("error: "))
            }
        }
        for _ in 0..<40 {
            var bytes = whole
            for _ in 0..<2 { bytes[random.roll(0...bytes.count - 1)] = UInt8(truncatingIfNeeded: random.next()) }
            try playground.write(bytes, to: "hlsbuild.yml")
            let ended = try await playground.run("check")
            #expect(ended.signal == nil)
            #expect(ended.status == 0 || ended.errors.contains("error: "))
        }
        try playground.remove("hlsbuild.yml")
        #expect(try await playground.run("csim").status == 2)
        try Files.makeDirectories(playground.path("hlsbuild.yml"))
        #expect(try await playground.run("csim").status == 2)
    }

    @Test func hostileData() async throws {
        let playground = try await Playground(built: true)
        let whole = try playground.bytes("input.npy")
        let headers = [
            "{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 16), }",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (-1, 16), }",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4611686018427387904), }",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 16), }",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (), }",
            "{'descr': '|O', 'fortran_order': False, 'shape': (1000, 16), }",
            "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1000, 16), }",
            "{'descr': '<f4', 'fortran_order': Maybe, 'shape': (1000, 16), }", "{", "", "{}", "\u{FF}\u{FF}",
        ]
        var files: [[UInt8]] = headers.map { header in
            let text = Array((header + "\n").utf8)
            let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0]
            return magic + [UInt8(text.count & 255), UInt8(text.count >> 8)] + text + whole.suffix(64_000)
        }
        files += [0, 1, 6, 8, 10, 50, 127, 128, 129, 10_000, whole.count - 1].map { Array(whole.prefix($0)) }
        var notANumber = whole
        for (index, byte) in ([0, 0, 0xC0, 0x7F] as [UInt8]).enumerated() { notANumber[whole.count - 4 + index] = byte }
        for file in files {
            try playground.write(file, to: "input.npy")
            let outcome = try await survives(playground, "csim", "npy \(file.prefix(100))")
            #expect(outcome.status != 0)
        }
        try playground.write(notANumber, to: "input.npy")
        try await survives(playground, "csim", "not a number")
        try playground.write(whole, to: "input.npy")
        for file in files.dropFirst(3) {
            try playground.write(file, to: "expected.npy")
            try await survives(playground, "csim", "expected: npy \(file.prefix(100))")
        }
        try playground.remove("input.npy")
        try Files.makeDirectories(playground.path("input.npy"))
        #expect(try await survives(playground, "csim", "a folder as the input").status != 0)
    }
}

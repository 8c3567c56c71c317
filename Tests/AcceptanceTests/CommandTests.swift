import Basics
import Glibc
import Testing
import TestSupport

/// Options and exit statuses.
@Suite struct CommandTests {
    @Test func dryRunSaysWhatThenRuns() async throws {
        let edits: [(Playground) throws -> Void] = [
            { _ in },
            { try $0.replace("clock: 5 ns", "clock: 4 ns") },
            { try $0.replace("weight: fixed<12,2", "weight: fixed<11,2") },
            { try $0.replace("  fc1:\n", "  fc1:\n    reuse: 4\n") },
            { try $0.changeWeight(bit: 19) },
            { try $0.changeWeight(bit: 0) },
            { try $0.remove("build") },
            { try $0.remove("build", ".hlsbuild") },
        ]
        for (number, edit) in edits.enumerated() {
            let playground = try await Playground(built: true)
            try edit(playground)
            let before = try Tree(playground.folder)
            let announced = try await playground.build("csim", "-n")
            #expect(announced.status == 0)
            #expect(try Tree(playground.folder).differences(from: before) == [], "edit \(number): -n changes nothing")
            let outcome = try await playground.buildRight()
            let ran = Set(outcome.ran)
            #expect(Set(announced.announced).isSubset(of: ran), "edit \(number)")
            #expect(ran.isSubset(of: announced.announced + announced.possible), "edit \(number)")
            // What may run and then did not was cut off.
            if announced.possible.isEmpty { #expect(ran == Set(announced.announced), "edit \(number)") }
        }
    }

    @Test func forced() async throws {
        let playground = try await Playground(built: true)
        let all = try await playground.build("csim", "-B")
        #expect(all.status == 0)
        #expect(all.stagesRun == ["parse", "optimize", "write", "csim"])
        #expect(all.compiled.count == IncrementalTests.all.count)
        let one = try await playground.build("csim", "-B", "write")
        #expect(one.stagesRun == ["write"], "the same bytes come out: csim is not touched")
        #expect(try await playground.build().ran == [])
        try await playground.expectRight()
    }

    @Test func everyStageThatCanBeBuiltIsBuilt() async throws {
        let playground = try await Playground()
        let outcome = try await playground.build("build")
        #expect(outcome.status == 3)
        #expect(outcome.outcome(of: "csim") == "built")
        #expect(outcome.outcome(of: "synth") == "unavailable")
        #expect(outcome.outcome(of: "export") == "blocked")
        try await playground.expectRight()
    }

    @Test func keepGoing() async throws {
        let playground = try await Playground()
        let compiler = try FakeCompiler(in: playground)
        try compiler.set(.partial)
        let outcome = try await playground.build("build", "-k")
        #expect(outcome.status == 1, "a failure weighs more than a missing tool")
        #expect(outcome.outcome(of: "csim") == "failed")
        #expect(outcome.outcome(of: "synth") == "unavailable")
        #expect(outcome.finished.contains("write/write"))
    }

    @Test func failedTolerance() async throws {
        let playground = try await Playground(built: true)
        try playground.replace("tolerance: 0.03", "tolerance: exact")
        for _ in 0..<2 {
            let outcome = try await playground.build()
            #expect(outcome.status == 1)
            #expect(outcome.ran == ["csim/judge"], "a failure is not kept")
            #expect(outcome.errors.contains("error: "))
            #expect(outcome.errors.contains("expected"), "\(outcome.errors)")
        }
    }

    @Test func brokenTemplate() async throws {
        let playground = try await Playground(built: true)
        try await playground.useOwnTemplates()
        try playground.editTemplate("hls/nnet_utils/nnet_softmax.h", appending: "this is no C++\n")
        let outcome = try await playground.build()
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("nnet_softmax.h:"), "\(outcome.errors)")
        #expect(
            outcome.errors.contains("'this' does not name a type") || outcome.errors.contains("expected unqualified"))
    }

    @Test func missingModel() async throws {
        let playground = try await Playground(built: true)
        try playground.remove("model.h5")
        let outcome = try await playground.build()
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("model.h5"))
        #expect(outcome.errors.contains("hlsbuild.yml:3:"), "\(outcome.errors)")
    }

    @Test func noCompiler() async throws {
        let playground = try await Playground(environment: ["PATH": "/nowhere"])
        let outcome = try await playground.build()
        #expect(outcome.status == 3)
        #expect(outcome.outcome(of: "write") == "built")
        let errors = outcome.errors.split(separator: "\n").filter { !$0.hasPrefix("help: ") }
        #expect(errors.count == 1, "\(outcome.errors)")
        #expect(errors.first?.contains("no C++ compiler") == true)
        playground.environment = [:]
        try await playground.buildRight()
    }

    @Test(arguments: ["exit 7", "kill -9 $$"]) func unusableCompiler(_ line: String) async throws {
        let playground = try await Playground()
        try playground.append("tools: {cxx: ./cxx}\n", to: "hlsbuild.yml")
        for text in ["#!/bin/sh\n\(line)\n", "#!/nowhere/sh\n", "no program"] {
            try playground.write(text, to: "cxx")
            try playground.makeExecutable("cxx")
            let outcome = try await playground.build()
            #expect(outcome.status == 3, "\(text)")
            #expect(outcome.errors.contains("./cxx"), "\(text): \(outcome.errors)")
        }
    }

    @Test func noTemplates() async throws {
        let playground = try await Playground(built: true, environment: ["HLSBUILD_TEMPLATES": "/nowhere"])
        let outcome = try await playground.build()
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("there are no templates in '/nowhere'"))
        playground.environment = [:]
        #expect(try await playground.build().ran == [])
    }

    @Test(arguments: [
        ["nonsense"], ["csim", "--nonsense"], ["csim", "-j", "0"], ["-C", "/nowhere", "csim"], ["-f", "none.yml"],
        ["why", "nonsense"], ["csim", "--set", "nonsense=1"], ["csim", "-B", "csimm"], ["log", "nonsense"],
    ]) func wrongCommandLine(_ words: [String]) async throws {
        let ended = try await Command(Repository.hlsbuild, words, environment: ["PATH": "/usr/bin:/bin"]).run()
        #expect(ended.status == 2)
        #expect(!ended.errors.isEmpty)
    }
}

import Basics
import Testing
import TestSupport

/// What an edit costs, counted in stages and compiler runs. After every edit the result is that of a clean build.
@Suite struct IncrementalTests {
    /// An edit and what it may run: the stages exactly, the translation units exactly.
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var stages: [String]
        var units: [String]
        var edit: @Sendable (Playground) throws -> Void

        init(
            _ name: String, runs stages: [String], compiles units: [String] = [],
            _ edit: @escaping @Sendable (Playground) throws -> Void
        ) {
            self.name = name
            self.stages = stages
            self.units = units
            self.edit = edit
        }

        var testDescription: String { name }

        /// Whether the files below `build` are the same after the edit: nothing was written but what was there.
        var leavesResult: Bool { stages.isEmpty || name.hasSuffix("as it was inferred") || name == "tolerance" }
    }

    static let top = "firmware/jet_tagger.cpp"
    static let fc1 = "firmware/layers/fc1.cpp"
    static let fc2 = "firmware/layers/fc2.cpp"
    static let layers = [
        "firmware/layers/fc1.cpp", "firmware/layers/fc2.cpp", "firmware/layers/fc3.cpp",
        "firmware/layers/output_layer.cpp",
    ]
    static let bridge = "jet_tagger_bridge.cpp"
    static let all = [top] + layers + [bridge]

    static let settings: [Row] = [
        Row("nothing", runs: []) { _ in },
        Row("comment, key order, white space", runs: []) { playground in
            let text = try Files.text(playground.path("hlsbuild.yml"))
            let rest = text.replacing("io: parallel\n", with: "").replacing("clock: 5 ns", with: "clock:    5   ns")
            try playground.write("# new\nio:   parallel # moved\n\n" + rest + "\n\n", to: "hlsbuild.yml")
        },
        Row("clock", runs: ["write"]) { try $0.replace("clock: 5 ns", "clock: 4 ns") },
        Row("part", runs: ["write"]) { try $0.replace("xcvu13p-flga2577-2-e", "xcu250-figd2104-2L-e") },
        Row("fc1's weight type", runs: ["optimize", "write", "csim"], compiles: [fc1]) {
            try $0.replace("weight: fixed<12,2", "weight: fixed<11,2")
        },
        Row("fc1's result type", runs: ["optimize", "write", "csim"], compiles: [top, fc1]) {
            try $0.replace("result: fixed<16,6,RND,SAT>\n", "result: fixed<15,6,RND,SAT>\n")
        },
        Row("relu1's result type", runs: ["optimize", "write", "csim"], compiles: [top, fc2]) {
            try $0.replace("relu1: {precision: {result: \"ufixed<14", "relu1: {precision: {result: \"ufixed<13")
        },
        Row("softmax's table type", runs: ["optimize", "write", "csim"], compiles: [top]) {
            try $0.replace("softmax: {precision: {", "softmax: {precision: {exp_table: \"fixed<18,8,RND,SAT>\", ")
        },
        Row("softmax's implementation as it was inferred", runs: ["optimize"]) {
            try $0.replace("softmax: {", "softmax: {implementation: stable, ")
        },
        // All layers take its interval, but no compiler reads that.
        Row("fc1's reuse factor", runs: ["optimize", "write", "csim"], compiles: [fc1]) {
            try $0.replace("  fc1:\n", "  fc1:\n    reuse: 4\n")
        },
        Row("tolerance", runs: ["csim"]) { try $0.replace("tolerance: 0.03", "tolerance: 0.04") },
    ]

    static let files: [Row] = [
        Row("model touched", runs: []) { $0.setTime(1_700_000_000, of: "model.h5") },
        // The model as trained stands beside the firmware, in double precision.
        Row("model: last bit of a weight", runs: ["parse", "optimize", "csim"]) { try $0.changeWeight(bit: 0) },
        Row("model: one byte of a weight", runs: ["parse", "optimize", "write", "csim"], compiles: [fc1]) {
            try $0.changeWeight(bit: 19)
        },
        Row("input data", runs: ["write", "csim"]) { try $0.flip(byte: 202, bit: 3, of: "input.npy") },
        Row("labels", runs: ["csim"]) { try $0.flip(byte: 130, bit: 0, of: "labels.npy") },
        Row("template of softmax", runs: ["write", "csim"], compiles: [top]) {
            try $0.editTemplate("hls/nnet_utils/nnet_softmax.h", appending: "// edited\n")
        },
        Row("template of dense", runs: ["write", "csim"], compiles: layers) {
            try $0.editTemplate("hls/nnet_utils/nnet_dense.h", appending: "// edited\n")
        },
        Row("template of the number types", runs: ["write", "csim"], compiles: all) {
            try $0.editTemplate("hls/ap_types/ap_fixed.h", appending: "// edited\n")
        },
        Row("template of a Tcl script", runs: ["write"]) {
            try $0.editTemplate("tcl/synth.tcl", appending: "# edited\n")
        },
        Row("project folder moved", runs: []) { try $0.moveProject(to: "moved here") },
        Row("an output deleted", runs: []) { try $0.remove("build/csim/jet_tagger_csim", "build/write") },
        Row("all outputs deleted", runs: []) { try $0.remove("build") },
    ]

    @Test("An edit of the project file", arguments: settings) func setting(_ row: Row) async throws {
        try await check(row, Playground(built: true))
    }

    @Test("A change of a file", arguments: files) func file(_ row: Row) async throws {
        let playground = try await Playground(built: true)
        if row.name.hasPrefix("template") {
            try await playground.useOwnTemplates()
            let copied = try await playground.build()
            #expect(copied.ran == [], "the same templates in another folder are the same templates")
        }
        try await check(row, playground)
    }

    private func check(_ row: Row, _ playground: Playground) async throws {
        try row.edit(playground)
        let outcome = try await playground.buildRight()
        #expect(outcome.stagesRun == row.stages)
        #expect(outcome.compiled == row.units.sorted())
        Self.show(row.name, outcome)
        #expect(try await playground.build().ran == [], "the build after it has nothing to do")
    }

    static func show(_ name: String, _ outcome: Outcome) {
        let stages = outcome.stagesRun.isEmpty ? "none" : outcome.stagesRun.joined(separator: " ")
        let units = outcome.compiled.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
        let text = units.isEmpty ? "0" : "\(units.count): \(units.joined(separator: " "))"
        print("incremental | \(name) | \(stages) | \(text)")
    }

    /// A build with nothing to do is answered from a record of what the last one looked at; an edit must show in it.
    @Test("The short answer hides no edit", arguments: settings + files) func shortAnswer(_ row: Row) async throws {
        let playground = try await Playground(built: true)
        if row.name.hasPrefix("template") { try await playground.useOwnTemplates() }
        try #require(try await playground.quiet().hasPrefix("nothing to do"))
        let before = try playground.result()
        try row.edit(playground)
        let ended = try await playground.run("csim")
        #expect(ended.status == 0, "\(ended.errors)")
        if !row.stages.isEmpty { #expect(!ended.output.hasPrefix("nothing to do")) }
        // Right without a clean build: what the long way says stands already.
        let outcome = try await playground.build()
        #expect(outcome.ran == [])
        #expect(outcome.stages.allSatisfy { $0.outcome == "current" })
        let isSame = try playground.result().differences(from: before) == []
        #expect(isSame == row.leavesResult)
    }

    @Test func shortAnswerHidesNoCompiler() async throws {
        let playground = try await Playground()
        _ = try FakeCompiler(in: playground)
        try #require(try await playground.quiet().hasPrefix("nothing to do"))
        try playground.append("# a newer one\n", to: "cxx")
        #expect(try await !playground.run("csim").output.hasPrefix("nothing to do"))
        try await playground.expectRight()
    }

    @Test func compilerUpgraded() async throws {
        let playground = try await Playground()
        _ = try FakeCompiler(in: playground)
        try await playground.buildRight()
        try playground.append("# a newer one\n", to: "cxx")
        let outcome = try await playground.buildRight()
        #expect(outcome.stagesRun == ["csim"])
        #expect(outcome.compiled == Self.all.sorted())
        #expect(!outcome.ran.contains("csim/run"), "the same objects give the same program: cut off there")
        Self.show("compiler upgraded in place", outcome)
    }

    @Test func compilerEarlierInThePath() async throws {
        let playground = try await Playground(built: true)
        let tools = playground.base + "/tools"
        try Files.makeDirectories(tools)
        playground.environment["PATH"] = tools + ":" + (try CompilerCache.searchPath)
        #expect(try await playground.build().ran == [], "another PATH with the same compiler")
        try playground.write("#!/bin/sh\nexec /usr/bin/g++ \"$@\"\n", to: tools + "/g++")
        try playground.makeExecutable(tools + "/g++")
        let outcome = try await playground.buildRight()
        #expect(outcome.stagesRun == ["csim"])
        #expect(outcome.compiled == Self.all.sorted())
        Self.show("another compiler earlier in PATH", outcome)
    }

    @Test func outputEditedByHand() async throws {
        let playground = try await Playground(built: true)
        let edited = "build/write/firmware/layers/fc1.cpp"
        let mine = Array("// my own version\n".utf8)
        try playground.write(mine, to: edited)
        let outcome = try await playground.build()
        #expect(outcome.status == 0)
        #expect(outcome.ran == [])
        #expect(outcome.outcome(of: "write") == "cached")
        #expect(outcome.messages("warning").contains { $0.contains(edited) && $0.contains(".edited") })
        #expect(try playground.bytes(edited + ".edited") == mine)
        try await playground.expectRight(besides: ["write/firmware/layers/fc1.cpp.edited"])
        Self.show("an output edited by hand", outcome)
    }

    @Test func backToAnOldSetting() async throws {
        let playground = try await Playground(built: true)
        try playground.replace("weight: fixed<12,2", "weight: fixed<11,2")
        #expect(try await playground.buildRight().stagesRun == ["optimize", "write", "csim"])
        try playground.replace("weight: fixed<11,2", "weight: fixed<12,2")
        let outcome = try await playground.buildRight()
        #expect(outcome.ran == [])
        #expect(outcome.outcome(of: "csim") == "cached")
        Self.show("back to an old setting", outcome)
    }
}

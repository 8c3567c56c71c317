import Basics
import Testing

@testable import BuildEngine

@Suite struct DryRunTests {
    let project: TestProject
    let runner = FakeRunner()
    let rehearsal = BuildOptions(dryRun: true)

    init() throws {
        project = try TestProject()
        try project.write("source.txt", "one\ntwo\n")
    }

    @Test func nothingChangesOnDisk() async throws {
        let summary = try await project.build(TestFlow(), runner, rehearsal)
        #expect(summary.outcomes == ["parse wouldRun", "write wouldRun", "compile wouldRun", "pack mayRun"])
        #expect(summary.ok)
        #expect(summary["pack"]?.why == "pack: depends on out.txt, which is made first")
        #expect(try Files.list(project.folder) == ["source.txt"])
        #expect(try await project.build(runner: runner).ok)
        try project.write("source.txt", "three\n")
        try project.remove("build/pack")
        let before = try project.tree(".")
        _ = try await project.build(TestFlow(), runner, rehearsal)
        #expect(try project.tree(".") == before)
        #expect(runner.runs == ["compile", "pack"])
    }

    /// A build that is a means to another end: only the store learns of it.
    @Test func whatIsNotLaidOutLeavesNoTrace() async throws {
        #expect(try await project.build(runner: runner).ok)
        let before = try project.tree("build")
        let trial = try await project.build(TestFlow(compileFlag: 9), runner, BuildOptions(laysOut: false))
        #expect(trial.outcomes == ["parse current", "write current", "compile built", "pack built"])
        #expect(try project.tree("build") == before)
        let status = try await project.builder(runner).status(try TestFlow().flow())
        #expect(status.map(\.state.name).allSatisfy { $0 == "up to date" })
        let taken = try await project.build(TestFlow(compileFlag: 9), runner)
        #expect(taken.outcomes == ["parse current", "write current", "compile cached", "pack cached"])
        #expect(runner.runs == ["compile", "pack", "compile", "pack"])
        #expect(try project.tree("build") != before)
    }

    @Test func missingOutputsAreForeseen() async throws {
        #expect(try await project.build(runner: runner).ok)
        try project.remove("build/compile/out.txt")
        let summary = try await project.build(TestFlow(), runner, rehearsal)
        #expect(summary.outcomes == ["parse current", "write current", "compile cached", "pack current"])
        #expect(!project.exists("build/compile/out.txt"))
    }

    /// What a random user does between two builds.
    enum Edit: CaseIterable {
        case comment, line, revert, prefix, compileFlag, packFlag, tool, deleteOutput, editOutput, deleteBuild, target
        case force, deleteStore, nothing
    }

    @Test(arguments: 1...40) func foretoldIsWhatHappens(_ seed: UInt64) async throws {
        var random = SplitMix(state: seed)
        var flow = TestFlow()
        var lines = ["one"]
        for _ in 0..<8 {
            var options = BuildOptions(jobs: 2)
            switch Edit.allCases[random.below(Edit.allCases.count)] {
            case .comment: lines.insert("# \(random.below(5))", at: 0)
            case .line: lines.append("line \(random.below(3))")
            case .revert: lines = ["one"]
            case .prefix: flow.prefix = "\(random.below(3)) "
            case .compileFlag: flow.compileFlag = random.below(3)
            case .packFlag: flow.packFlag = random.below(3)
            case .tool: flow.toolVersion = "\(random.below(2))"
            case .deleteOutput: try project.remove("build/compile/out.txt")
            case .editOutput: try project.write("build/parse/model", "edited")
            case .deleteBuild: try project.remove("build")
            case .target: options.targets = ["compile"]
            case .force: options.force = .stages([["parse", "write", "compile", "pack"][random.below(4)]])
            case .deleteStore: try project.remove(".hlsbuild/store")
            case .nothing: break
            }
            let source = lines.joined(separator: "\n") + "\n"
            try project.write("source.txt", source)
            try await compare(flow, options, source)
        }
    }

    private func compare(_ flow: TestFlow, _ options: BuildOptions, _ source: String) async throws {
        var dry = options
        dry.dryRun = true
        let foretold = try await project.build(flow, runner, dry)
        runner.forget()
        let real = try await project.build(flow, runner, options)
        #expect(real.ok)
        func labels(_ outcomes: StepOutcome...) -> Set<String> {
            Set(foretold.stages.flatMap(\.steps).filter { outcomes.contains($0.outcome) }.map(\.label))
        }
        let ran = Set(real.stages.flatMap(\.steps).filter { $0.outcome == .built }.map(\.label))
        #expect(labels(.wouldRun).isSubset(of: ran))
        #expect(ran.isSubset(of: labels(.wouldRun, .mayRun)))
        #expect(Set(runner.runs) == ran.intersection(["compile", "pack"]))
        for (before, after) in zip(foretold.stages, real.stages) where before.outcome != .mayRun {
            let expected: StageOutcome = before.outcome == .wouldRun ? .built : before.outcome
            #expect(after.outcome == expected, "\(after.name)")
            #expect(after.reason == before.reason, "\(after.name)")
        }
        let expected = flow.expected(source).filter { file, _ in
            options.targets.isEmpty || !file.hasPrefix("build/pack")
        }
        let made = try project.tree("build")
        #expect(expected.allSatisfy { made[$0.key] == $0.value })
    }
}

/// A small generator of numbers that are the same for the same seed.
struct SplitMix {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}

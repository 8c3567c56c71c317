import Basics
import Glibc
import Testing
import TestSupport

/// hlsbuild killed at random instants: the next build is right and repeats nothing that had been finished.
///
/// HLSBUILD_KILLS says how often (12 by default), HLSBUILD_SEED where the random numbers begin.
@Suite struct KillTests {
    /// What is killed.
    private enum Scene: CaseIterable {
        /// The first build of a project.
        case first
        /// A build after an edit that changes every layer.
        case rebuild
        /// Two builds one after the other, both killed.
        case twice
    }

    private struct Tally {
        var kills = 0
        var tooLate = 0
        var finished = 0
        var repeated: [String] = []
        var wrong = 0
    }

    @Test func killedAtRandomInstants() async throws {
        let count = Repository.variable("HLSBUILD_KILLS").flatMap(Int.init) ?? 12
        let seed = Repository.variable("HLSBUILD_SEED").flatMap(UInt64.init) ?? UInt64(Files.now())
        var random = Dice(state: seed)
        let duration = try await Self.durationOfABuild()
        var tally = Tally()
        var number = 0
        while tally.kills < count {
            try await kill(Scene.allCases[number % Scene.allCases.count], within: duration, &random, &tally)
            number += 1
        }
        print(
            "kills | \(tally.kills) (\(tally.tooLate) of them came after the end) | \(tally.finished) steps had been "
                + "finished | \(tally.repeated.count) of them ran again | \(tally.wrong) wrong results | seed \(seed)")
        #expect(tally.repeated == [], "seed \(seed)")
        #expect(tally.wrong == 0, "seed \(seed)")
        #expect(tally.finished > 0)
        #expect(tally.tooLate < tally.kills)
    }

    private func kill(_ scene: Scene, within duration: Int64, _ random: inout Dice, _ tally: inout Tally) async throws {
        let playground = try await Playground(built: scene == .rebuild)
        if scene == .rebuild { try playground.replace("precision: fixed<16,6>", "precision: fixed<17,7>") }
        if scene != .first {
            for old in ["fixed<12,2", "fixed<12,2", "fixed<12,2", "fixed<12,2"] {
                try playground.replace("weight: " + old, "weight: fixed<11,2")
            }
        }
        var finished: Set<String> = []
        for _ in 0..<(scene == .twice ? 2 : 1) {
            let program = try await playground.start(["csim"])
            try await Task.sleep(for: .nanoseconds(Int64.random(in: 0..<duration, using: &random)))
            program.killGroup()
            let outcome = Outcome(try await program.wait())
            tally.kills += 1
            if outcome.ended.signal == nil { tally.tooLate += 1 }
            tally.repeated += outcome.ran.filter(finished.contains)
            finished.formUnion(outcome.finished)
        }
        let outcome = try await playground.build()
        #expect(outcome.status == 0, "\(outcome.errors)")
        tally.finished += finished.count
        tally.repeated += outcome.ran.filter(finished.contains)
        let differences = try await playground.result().differences(from: Baseline.clean(playground))
        #expect(differences == [])
        if !differences.isEmpty || outcome.status != 0 { tally.wrong += 1 }
        #expect(outcome.messages("warning") == [], "a kill leaves nothing to warn of")
    }

    /// Nanoseconds.
    private static func durationOfABuild() async throws -> Int64 {
        _ = try await Baseline.folder.value
        let playground = try await Playground()
        let start = Files.now()
        try #require(try await playground.build().status == 0)
        return Files.now() - start
    }
}

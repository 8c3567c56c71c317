import BuildEngine
import TestSupport
import Testing

@testable import hlsbuild

/// What a terminal shows while a build runs.
@Suite struct LiveTests {
    private static let start = ContinuousClock.now

    /// A board with so many steps at work and others that wait.
    private func board(running: Int, waiting: Int = 0, done: Int = 0) -> StepBoard {
        var board = StepBoard()
        for index in 0..<done + running + waiting {
            board.hear(.stepQueued(stage: "csim", label: "compile \(index)"), at: Self.start)
        }
        for index in 0..<done + running {
            board.hear(.stepStarted(stage: "csim", label: "compile \(index)", reason: .neverBuilt), at: Self.start)
        }
        for index in 0..<done {
            let report = StepReport(
                stage: "csim", label: "compile \(index)", outcome: .built, reasons: [], seconds: 1, succeeded: true)
            board.hear(.stepFinished(report), at: Self.start)
        }
        return board
    }

    private func block(_ board: StepBoard, _ rows: Int, _ columns: Int = 80) -> LiveBlock {
        LiveBlock(board, at: Self.start + .milliseconds(1500), in: TerminalSize(columns: columns, rows: rows))
    }

    @Test func whatRunsIsShownAndWhatWaitsIsCounted() {
        let block = block(board(running: 2, waiting: 4, done: 7), 24)
        #expect(
            block.lines == [
                "[7/13] 2 running, 4 waiting", "  1.5 s   csim compile 7  ", "  1.5 s   csim compile 8  ",
            ])
    }

    /// A step whose result turned out to be known sends no more than its end, and counts nowhere.
    @Test func whatDidNotRunCountsNowhere() {
        var board = board(running: 1)
        let report = StepReport(
            stage: "write", label: "write", outcome: .current, reasons: [], seconds: 0, succeeded: true)
        board.hear(.stepFinished(report), at: Self.start)
        #expect(board.done == 0 && board.all == 1)
    }

    @Test(arguments: 1...40) func itIsNeverHigherThanTheTerminal(rows: Int) {
        for running in [1, 2, 5, 13, 100] {
            let lines = block(board(running: running), rows).lines
            #expect(lines.count < rows && lines.count <= 13)
            let named = lines.count { $0.hasPrefix("  1.5 s") }
            if lines.count > 1 { #expect(named == running || lines.last == "  and \(running - named) more") }
        }
    }

    @Test(arguments: [1, 2, 3, 10, 20]) func itIsNeverWiderThanTheTerminal(columns: Int) {
        #expect(block(board(running: 3), 24, columns).lines.allSatisfy { $0.count < columns })
    }

    @Test func whatWasDrawnIsRemovedAtEverySize() {
        let block = block(board(running: 4), 24)
        #expect(block.erasure(in: TerminalSize()) == "\u{1B}[5A\r\u{1B}[J")
        #expect(block.erasure(in: TerminalSize(columns: 200, rows: 4)) == "\u{1B}[3A\r\u{1B}[J")
        #expect(block.erasure(in: TerminalSize(columns: 80, rows: 1)) == "\r\u{1B}[J")
        // How many rows it has on a narrower one nobody knows: all scrolls away.
        #expect(block.erasure(in: TerminalSize(columns: 10, rows: 2)) == "\u{1B}[2;1H\n\n\u{1B}[H\u{1B}[J")
        #expect(LiveBlock().erasure(in: TerminalSize()).isEmpty && LiveBlock().text.isEmpty)
    }
}

/// The program in a pseudo-terminal.
@Suite struct TerminalTests {
    /// A project whose compiler takes a while and then fails.
    private func project(pause: Double) async throws -> (Program, [String: String]) {
        let hlsbuild = try Program(in: Scratch())
        _ = try await hlsbuild("init")
        try hlsbuild.folder.write(
            "bin/g++",
            """
            #!/bin/sh
            case "$*" in *" -c "*) sleep \(pause); echo bad >&2; exit 1;; esac
            exec /usr/bin/g++ "$@"

            """, mode: 0o755)
        return (hlsbuild, ["PATH": hlsbuild.folder.path + "/bin:/usr/bin:/bin"])
    }

    @Test func ofSixRows() async throws {
        let (hlsbuild, environment) = try await project(pause: 0.5)
        let seen = try await Seen.running(
            [hlsbuild.path, "csim", "-kj8"], in: hlsbuild.folder, rows: 6, environment: environment)
        #expect(seen.status == 1 && seen.overreach == 0)
        let lines = seen.scrolled + seen.screen
        let stages = lines.filter { ["parse ", "optimize ", "write ", "csim "].contains(where: $0.hasPrefix) }
        #expect(stages.count == 4, "\(lines)")
        #expect(stages.last?.hasPrefix("csim      FAILED      1 run                   ") == true, "\(lines)")
        #expect(!lines.contains { $0.contains("running") || $0.contains(" ms   csim compile") }, "\(lines)")
    }

    @Test func thatShrinks() async throws {
        let (hlsbuild, environment) = try await project(pause: 1)
        let seen = try await Seen.running(
            [hlsbuild.path, "csim", "-kj8"], in: hlsbuild.folder, rows: 12, environment: environment,
            steps: [
                .size(after: "[5/9] 4 running", rows: 4, columns: 100),
                .size(after: "and 3 more", rows: 4, columns: 30),
                .size(after: "[5/9] 4 running", rows: 12, columns: 100),
            ])
        #expect(seen.status == 1 && seen.overreach == 0)
        let lines = seen.scrolled + seen.screen
        for stage in ["parse ", "optimize ", "write ", "csim "] {
            #expect(lines.count { $0.hasPrefix(stage) } == 1, "\(stage): \(lines)")
        }
        #expect(!seen.screen.contains { $0.contains("running") || $0.contains("more") }, "\(seen.screen)")
    }

    @Test func thatIsDumb() async throws {
        let hlsbuild = try Program(in: Scratch())
        _ = try await hlsbuild("init")
        let seen = try await Program.run(
            "/usr/bin/script", ["-qec", hlsbuild.path + " write; " + hlsbuild.path + " status -f no.yml", "/dev/null"],
            in: hlsbuild.folder.path, environment: ["TERM": "dumb"])
        #expect(seen.output.contains("write     built"))
        #expect(!seen.output.contains("\u{1B}") && !seen.output.contains("running"), "\(seen.output)")
    }

    @Test func coloursAreForTerminalsThatHaveThem() async throws {
        let hlsbuild = try Program(in: Scratch())
        _ = try await hlsbuild("init")
        func output(_ line: String, _ environment: [String: String] = [:]) async throws -> String {
            try await Program.run(
                "/usr/bin/script", ["-qec", hlsbuild.path + " " + line, "/dev/null"], in: hlsbuild.folder.path,
                environment: ["TERM": "xterm"].merging(environment) { _, new in new }
            ).output
        }
        let painted = try await output("status")
        #expect(painted.hasPrefix("parse     \u{1B}[33mnever built  \u{1B}[0m"), "\(painted)")
        let mistake = try await output("status -f no.yml")
        #expect(mistake.hasPrefix("\u{1B}[1;31merror:\u{1B}[0m cannot read 'no.yml'"), "\(mistake)")
        #expect(mistake.contains("\u{1B}[36mhelp:\u{1B}[0m "))
        #expect(try await !output("status --no-color").contains("\u{1B}"))
        #expect(try await !output("status -f no.yml", ["NO_COLOR": "1"]).contains("\u{1B}"))
    }
}

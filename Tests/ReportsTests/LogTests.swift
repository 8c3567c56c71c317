import Testing
import TestSupport

@testable import Reports

@Suite struct LogTests {
    private func log(_ lines: String...) throws -> LogReport {
        let report = try ReportReader.read(Array(lines.joined(separator: "\n").utf8))
        guard case .log(let log) = report.content else { throw ReportRefusal.unknown(report.kind) }
        return log
    }

    private static let banner = "****** Vitis HLS - High-Level Synthesis from C, C++ and OpenCL v2023.2 (64-bit)"
    private static let vivado = "****** Vivado v2023.2 (64-bit)"
    private static let end = "INFO: [HLS 200-112] Total CPU user time: 1 seconds."

    // MARK: Real logs

    /// The driver's own word: `60-791` and no error is a success, an error without it a failure.
    @Test func theDriversWordIsKept() throws {
        var successes = 0
        for path in Fixtures.paths("log/") + Fixtures.paths("failures/") {
            let text = String(decoding: try Self.plain(path), as: UTF8.self)
            let log = try #require(try Fixtures.log(path))
            let errors = text.contains("ERROR: [")
            if text.contains(" 60-791]"), !errors {
                successes += 1
                #expect(log.outcome == .success, "\(path)")
            }
            if !errors { #expect(!log.causes.contains { $0.severity == .error && $0.code != nil }, "\(path)") }
        }
        #expect(successes >= 4)
    }

    // MARK: Shapes of messages

    /// The first cause of a log of these lines.
    private func first(_ lines: [String]) throws -> LogReport.Cause {
        let report = try ReportReader.read(Array(lines.joined(separator: "\n").utf8))
        guard case .log(let log) = report.content else { throw ReportRefusal.unknown(report.kind) }
        #expect(log.outcome == .failure)
        return try #require(log.causes.first)
    }

    @Test(arguments: [
        (
            "ERROR [AP-1] Could not read script 'build_prj.tcl'.", "AP-1", FailureClass.missingFile,
            "Could not read script 'build_prj.tcl'."
        ),
        ("@E [HLS-70] Out of Memory", "HLS-70", .memory, "Out of Memory"),
        (
            "ERROR: [v++ 60-773] In '/a/vitis_hls.log', caught Tcl error: ERROR: [HLS 200-1023] Part 'x' is not installed.",
            "HLS 200-1023", .part, "Part 'x' is not installed."
        ),
        (
            "ERROR: [VPL 60-773] In '/a/vivado.log', caught Tcl error: ERROR: [Common 17-69] Command failed: This design "
                + "contains one or more cells for which bitstream generation is not permitted:",
            "Common 17-69", .licence,
            "Command failed: This design contains one or more cells for which bitstream generation is not permitted:"
        ),
        ("ERROR: [VPL 60-1328] Vpl run 'vpl' failed", "VPL 60-1328", .link, "Vpl run 'vpl' failed"),
    ])
    func messagesOfEveryShape(line: String, code: String, failure: FailureClass, text: String) throws {
        let cause = try first([Self.banner, line, "INFO: [Common 17-206] Exiting vitis_hls at Tue Dec 29 2020..."])
        #expect(cause.code == code && cause.failure == failure && cause.text == text)
    }

    /// What the placer could not place is not always too large.
    @Test(arguments: [
        ("[Place 30-494] The design is empty", FailureClass.implementation, "nothing of the design was left"),
        (
            "[Place 30-58] IO placement is infeasible. Number of unplaced terminals (512) is greater than number of sites",
            .implementation, "out of context"
        ),
        (
            "[Place 30-415] IO Placement failed due to overutilization. This design contains 900 I/O ports",
            .implementation, "out of context"
        ),
        ("[Place 30-574] Poor placement for routing between an IO pin and BUFG.", .implementation, "another pin"),
        (
            "[Place 30-640] Place Check : This design requires more DSPs cells than are available in the target device.",
            .fit, "larger part"
        ),
    ])
    func whatCouldNotBePlaced(text: String, failure: FailureClass, help: String) throws {
        let cause = try first([Self.vivado, "Command: place_design", "ERROR: " + text])
        #expect(cause.failure == failure && cause.help.contains(help), "\(cause)")
    }

    // MARK: Logs that are appended to

    private static let frame = [
        "Vitis HLS - High-Level Synthesis from C, C++ and OpenCL v2021.1 (64-bit)",
        "ERROR: [HLS 200-642] The 'config_array_partition -maximum_size' command is not supported.",
        "INFO: [HLS 200-1510] Running: csynth_design ", "INFO: [HLS 200-10] Starting hardware synthesis ...",
    ]
    private static let done = [
        "INFO: [VLOG 209-307] Generating Verilog RTL for net.",
        "INFO: [HLS 200-111] Finished Command csynth_design CPU user time: 1 seconds.", end,
    ]
    private static let failed = ["ERROR: [HLS 214-139] recursion is not supported"]

    @Test(arguments: [
        ([frame], [LogReport.Outcome.unknown]), ([frame + done, frame], [.success, .unknown]),
        ([frame, frame + done], [.unknown, .success]), ([frame + failed, frame + done], [.failure, .success]),
        ([frame + failed, frame], [.failure, .unknown]), ([frame + done, frame + failed], [.success, .failure]),
        ([frame + failed, frame + done, frame + failed], [.failure, .success, .failure]),
    ])
    func eachRunIsJudgedByItself(runs: [[String]], outcomes: [LogReport.Outcome]) throws {
        let text = runs.flatMap { ["====="] + $0 }.joined(separator: "\n")
        guard case .log(let log) = try ReportReader.read(Array(text.utf8)).content else {
            Issue.record("no log")
            return
        }
        #expect(log.outcome == outcomes.last)
        #expect(log.sessions.map(\.outcome) == (runs.count > 1 ? outcomes : []))
        #expect(log.causes.contains { $0.failure == .cutOff } == (outcomes.last == .unknown))
        // What stands first is of the last run.
        if let first = log.causes.first, outcomes.last != .success { #expect(!first.isEarlier) }
    }

    // MARK: More of real logs

    /// hls4ml's scripts set an option that newer releases do not have, catch the error and go on.
    @Test(arguments: ["2023.2", "2024.2"])
    func runsOfHls4mlAreNoFailures(version: String) throws {
        let log = try #require(try Fixtures.log("log/\(version)-vitis_hls-hls4ml.log.gz"))
        #expect(log.outcome == .success)
        #expect(log.causes.allSatisfy { $0.recovered && $0.failure == .option })
        #expect(!log.causes.isEmpty)
        #expect(log.phases.contains { $0.name == "csynth" && $0.outcome == .success })
    }

    @Test func everyFailureIsClassified() throws {
        let paths = Fixtures.paths("failures/")
        #expect(paths.count >= 45)
        for path in paths {
            let log = try #require(try Fixtures.log(path))
            #expect(!log.causes.isEmpty, "\(path)")
            for cause in log.causes {
                #expect(cause.failure != .unknown, "\(path): \(cause.text)")
                #expect(!cause.help.isEmpty, "\(path): \(cause.text)")
            }
        }
    }

    /// What a person who read them says of the logs whose folder is named for failures: all failed but these.
    @Test func failuresAreFailures() throws {
        let others: [String: LogReport.Outcome] = [
            // Cut off by a crash that its hs_err file tells of.
            "failures/hector-plata-vivado_7019.backup.log.gz": .unknown,
            // A session at the prompt that ends in peace; its timing was not met.
            "failures/juanx65-vivado_14416.backup.log.gz": .unknown,
            // Wrong spellings of the part and a test bench that did not compile, then the right ones: everything passed.
            "failures/arun-66-solution1.log.gz": .success,
            // Sixty-nine runs, of which some did not compile or could not be synthesised: the last one is done.
            "failures/justrevolt-solution1.log.gz": .success,
            // A Versal design without its processor system: only a critical warning.
            "failures/fjrdev-hls_run_impl_162242.backup.log.gz": .success,
        ]
        for path in Fixtures.paths("failures/") {
            #expect(try Fixtures.log(path)?.outcome == others[path] ?? .failure, "\(path)")
        }
    }

    @Test(arguments: [
        ("nycu-pcs-lab-vivado_49712.backup.log", "Common 17-345" as String?, FailureClass.licence),
        ("vlad-acs-hls_compile_15756.backup.log", "HLS 200-1023", .part),
        ("marui-9-hls_compile_18172.backup.log", nil, .crash),
        ("ddlutton-hs_err_pid32009.log", nil, .crash),
        ("hector-plata-vivado_7019.backup.log", nil, .cutOff),
        ("cnstanlee-vitis_hls.log", "HLS 200-627", .testBench),
        ("juanx65-runme.log", "DRC UTLZ-1", .fit),
        ("juanx65-vivado_14416.backup.log", "Timing 38-282", .timing),
        ("burakotlu-hls_run_csim_15824.backup.log", "SIM 211-107", .notWritable),
        ("burakotlu-hls_run_csim_11252.backup.log", nil, .csim),
        ("andre-coder-hls_compile_11468.backup.log", "HLS 214-157", .topNotFound),
        ("marui-9-hls_compile_20796.backup.log", "HLS 200-103", .memory),
        ("riddlesingh-v++_fpga_23877.backup.log", "v++ 60-1620", .missingFile),
        ("fjrdev-hls_run_impl_12221.backup.log", nil, .memory),
    ])
    func theFirstCauseStandsFirst(name: String, code: String?, failure: FailureClass) throws {
        let cause = try #require(try Fixtures.log("failures/\(name).gz")?.causes.first)
        #expect(cause.code == code)
        #expect(cause.failure == failure)
    }

    /// What was raised inside a run that then went on is kept, each with its class.
    @Test(arguments: [
        (
            "arun-66-solution1.log",
            ["HLS 200-1023": FailureClass.part, "HLS 200-101": .option, "SIM 211-100": .frontEnd]
        ),
        ("fjrdev-hls_run_impl_162242.backup.log", ["DRC CIPS-1": .implementation]),
        (
            "hector-plata-vivado_7019.backup.log",
            ["PSU-1": .blockDesign, "PSU-4": .blockDesign, "BD 41-1276": .blockDesign]
        ),
        ("juanx65-vivado_14416.backup.log", ["Timing 38-282": .timing]),
    ])
    func causesOutliveTheRun(name: String, classes: [String: FailureClass]) throws {
        let causes = try #require(try Fixtures.log("failures/\(name).gz")).causes
        for (code, failure) in classes {
            #expect(causes.first { $0.code == code }?.failure == failure, "\(code)")
        }
    }

    /// The tool leaves a file that is named by its process when it crashes.
    @Test func aCrashEndsTheLogBesideIt() throws {
        let log = try #require(try Fixtures.log("failures/hector-plata-vivado_7019.backup.log.gz"))
        #expect(log.crashFile == "hs_err_pid7019.log")
        let crash = try #require(try Fixtures.log("failures/hector-plata-hs_err_pid7019.log.gz"))
        let whole = log.ended(by: crash)
        #expect(whole.outcome == .failure)
        #expect(whole.causes.first?.failure == .crash)
        #expect(!whole.causes.contains { $0.failure == .cutOff })
        #expect(whole.causes.count == log.causes.count)
        #expect(try Fixtures.log("failures/juanx65-vivado_14416.backup.log.gz")?.crashFile == nil)
    }

    @Test func aCompilersMessageNamesThePlace() throws {
        let cause = try #require(try Fixtures.log("failures/marui-9-hls_compile_18316.backup.log.gz")?.causes.first)
        #expect(cause.code == "HLS 207-3776")
        #expect(cause.failure == .frontEnd)
        #expect(cause.file == "swiglu.cpp")
        #expect(cause.sourceLine == 108)
        #expect(cause.sourceColumn == 9)
    }

    private static func plain(_ path: String) throws -> [UInt8] { try ReportBytes.unpacked(Fixtures.bytes(path)) }

    // MARK: What no real log shows

    @Test func anErrorThatTheScriptCaughtIsNoFailure() throws {
        let caught = "ERROR: [HLS 200-101] config_array_partition: Unknown option '-maximum_size'."
        let log = try log(
            Self.banner, caught, "INFO: [HLS 200-1510] Running: csynth_design ",
            "INFO: [HLS 200-789] **** Estimated Fmax: 300.00 MHz", Self.end)
        #expect(log.outcome == .success)
        #expect(log.causes.map(\.recovered) == [true])
        #expect(log.phases.map(\.name) == ["csynth"])
        #expect(try self.log(Self.banner, caught, Self.end).outcome == .failure)
    }

    @Test func anotherStepsSuccessDoesNotExcuse() throws {
        let log = try log(
            Self.banner, "INFO: [HLS 200-1510] Running: csim_design ", "ERROR: [SIM 211-100] CSim failed with errors.",
            "INFO: [HLS 200-1510] Running: csynth_design ", "INFO: [HLS 200-789] **** Estimated Fmax: 300.00 MHz",
            "INFO: [vitis-run 60-791] Total elapsed time: 0h 0m 9s")
        #expect(log.outcome == .failure)
        #expect(log.phases.map(\.outcome) == [.failure, .success])
    }

    @Test func leavingIsNoSuccess() throws {
        let leaving = "INFO: [Common 17-206] Exiting Vivado at Thu Nov 14 11:36:05 2024..."
        #expect(try log(Self.vivado, "INFO: [IP_Flow 19-1] x", leaving).outcome == .unknown)
        let failed = try log(Self.vivado, "Command: synth_design -top x", "synth_design failed", leaving)
        #expect(failed.outcome == .failure)
        #expect(failed.causes.first?.failure == .implementation)
    }

    @Test func aLogThatStopsIsUnknownAndSaysWhy() throws {
        let log = try log(Self.banner, "INFO: [HLS 200-1510] Running: csynth_design ", "INFO: [HLS 200-10] Analyzing")
        #expect(log.outcome == .unknown)
        #expect(log.causes.map(\.failure) == [.cutOff])
    }

    /// More steps may follow the one that succeeded last.
    @Test func aLogWithoutItsEndIsNoSuccess() throws {
        let done = [
            "INFO: [HLS 200-1510] Running: csynth_design ", "INFO: [HLS 200-789] **** Estimated Fmax: 300.00 MHz",
        ]
        #expect(try log(Self.banner, done[0], done[1]).outcome == .unknown)
        #expect(try log(Self.banner, done[0], done[1], Self.end).outcome == .success)
    }

    /// A script that began a step after an error has caught it; what became of the step is not told.
    @Test func aCaughtErrorInALogThatStopsIsNoFailure() throws {
        let caught = "ERROR: [HLS 200-101] config_array_partition: Unknown option '-maximum_size'."
        let begun = "INFO: [HLS 200-1510] Running: csynth_design "
        let log = try log(Self.banner, caught, begun, "INFO: [HLS 200-10] Analyzing design file 'a.cpp' ... ")
        #expect(log.outcome == .unknown)
        #expect(log.causes.map(\.failure) == [.cutOff, .option])
        #expect(try self.log(Self.banner, begun, caught).outcome == .failure)
    }

    @Test func theCompilersLastWordAloneIsACompilersFailure() throws {
        let last = "ERROR: [HLS 200-1715] Encountered problem during source synthesis"
        let begun = "INFO: [HLS 200-1510] Running: csynth_design "
        #expect(try log(Self.banner, begun, last, Self.end).causes.map(\.failure) == [.frontEnd])
        let reason = "ERROR: [HLS 214-298] what has no hardware (a.cpp:1:2)"
        #expect(
            try log(Self.banner, begun, reason, last, Self.end).causes.map(\.failure)
                == [.unsynthesisable, .unsynthesisable])
    }

    @Test func aTclTracebackAloneIsAFailure() throws {
        let log = try log(Self.banner, "INFO: [HLS 200-10] x", "    while executing", "\"foo\"", Self.end)
        #expect(log.outcome == .failure)
        #expect(log.causes.first?.failure == .script)
    }

    @Test(arguments: [
        ("ERROR: '2201251806' is an invalid argument. Please specify an integer value.", FailureClass.y2k22),
        ("bad lexical cast: source type value could not be interpreted as target", .y2k22),
        ("ERROR: [IMPL 213-28] Failed to generate IP.", .y2k22),
        ("LLVM ERROR: IO failure on output stream.", .diskFull),
        ("couldn't write: No space left on device", .diskFull),
        ("terminate called after throwing an instance of 'std::bad_alloc'", .memory),
        ("/opt/bin/rdiArgs.sh: line 352: 11056 Killed                  \"$RDI_PROG\" \"$@\"", .memory),
        ("Abnormal program termination (11)", .crash),
        ("Abnormal program termination (EXCEPTION_ACCESS_VIOLATION)", .crash),
        ("ERROR: [XFORM 203-504] Stop unrolling loop 'A' (a.h:3) in function 'f' because it may cause", .unrollLimit),
        ("ERROR: [HLS 214-270] Inferring partition: array has 9000 elements", .partitionLimit),
        ("../test.cpp:12:5: error: 'x' was not declared in this scope", .frontEnd),
        ("ERROR: [HLS 207-9999] something new (a.cpp:1:2)", .frontEnd),
        ("ERROR: [Synth 8-9999] something new", .rtl),
        ("ERROR: [COSIM-4] *** C/RTL co-simulation finished: FAIL ***", .cosim),
    ])
    func knownFailures(line: String, failure: FailureClass) throws {
        let log = try log(Self.banner, line, Self.end)
        #expect(log.outcome == .failure)
        #expect(log.causes.first?.failure == failure)
    }

    @Test func newsOfUnknownGroupsIsKeptAndUnknown() throws {
        let log = try log(Self.banner, "ERROR: [Novel 1-2] what nobody has seen", Self.end)
        #expect(log.outcome == .failure)
        #expect(log.causes.map(\.failure) == [.unknown])
        #expect(log.causes.first?.text == "what nobody has seen")
    }

    @Test func repetitionsAreCounted() throws {
        let line = "ERROR: [HLS 200-1023] Part 'x' is not installed."
        let log = try log(Self.banner, line, line, line, Self.end)
        #expect(log.causes.map(\.count) == [3])
        #expect(log.causes.first?.line == 2)
    }

    @Test func warningsOfTheCatalogueAreNoCauses() throws {
        let log = try log(
            Self.banner, "WARNING: [HLS 200-880] The II Violation in module 'f'", "WARNING: [RTGEN 206-101] dull",
            "INFO: [HLS 200-789] **** Estimated Fmax: 300.00 MHz", Self.end)
        #expect(log.outcome == .success)
        #expect(log.causes.isEmpty)
        #expect(log.warnings.map(\.failure) == [.interval])
    }

    @Test func echoedScriptsAreNoMessages() throws {
        let log = try log(
            Self.vivado, "# set_msg_config -id {[BD 41-1265]} -severity {CRITICAL WARNING} -new_severity {INFO}",
            "#   puts \"ERROR: [X 1-1] no\"", "INFO: [Common 17-206] Exiting Vivado at x")
        #expect(log.causes.isEmpty)
    }

    @Test func fragmentsOnOneLineAreFound() throws {
        let log = try log(Self.banner, "Memory 162.785 INFO: [vitis-run 60-791] Total elapsed time: 0h 0m 9s")
        #expect(log.outcome == .success)
        #expect(log.marker != nil)
    }

    @Test func checksumsOfNetlists() throws {
        let log = try log(
            Self.vivado, "Synth Design complete, checksum: 60a6232f", "Ending Routing Task | Checksum: 1f2e3d4c",
            "INFO: [Common 17-206] Exiting Vivado at x")
        #expect(log.checksums.map(\.phase) == ["Synth Design complete", "Ending Routing Task"])
        #expect(log.checksums.map(\.value) == ["60a6232f", "1f2e3d4c"])
    }

    @Test func onlySomeFailuresAreWorthAnotherTry() {
        let retried = FailureClass.allCases.filter(\.isRetryable)
        #expect(retried == [.licence, .diskFull, .memory, .crash, .timeOut, .cutOff])
    }
}

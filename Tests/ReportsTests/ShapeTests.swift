import Basics
import Testing
import TestSupport

@testable import Reports

/// Which texts are reports and logs at all, and the kinds that no collection at hand holds.
@Suite struct ShapeTests {
    private func read(_ text: String) throws -> Report { try ReportReader.read(Array(text.utf8)) }

    // MARK: What quotes a log is none

    /// The sources of the readers and of their tests quote more messages than any other file.
    @Test func sourcesThatQuoteMessagesAreRefused() throws {
        let top = Repository.root
        var count = 0
        for folder in [
            "Sources/Reports", "Sources/Measures", "Sources/Steps", "Sources/Vendor", "Sources/Stages",
            "Sources/BuildReports", "Sources/Releasing", "Sources/Setup", "Tests/ReportsTests", "Tests/ToolsTests",
            "Tests/StandInTool",
        ] {
            for path in ReportCensus.files(below: top + "/" + folder) {
                let bytes = ReportCensus.bytes(of: "\(top)/\(folder)/\(path)") ?? []
                #expect(throws: ReportRefusal.self, "\(folder)/\(path)") { try ReportReader.read(bytes, name: path) }
                count += 1
            }
        }
        #expect(count > 100)
    }

    private static let message = "ERROR: [HLS 200-1023] Part 'x' is not installed."

    @Test(arguments: [
        "# Notes\n\nIt said:\n\n```\n\(message)\n```\n",
        "Read this first:\n\n```text\n****** Vitis HLS - High-Level Synthesis from C v2023.2 (64-bit)\n\(message)\n```\n",
        "#include <cstdio>\n\nint main() {\n    puts(R\"(\n\(message)\n)\");\n    return 0;\n}\n",
        "// What the tool says.\nlet text = \"\"\"\n\(message)\n\"\"\"\nprint(text)\nlet more = 1\nlet last = 2\n",
        "proc fail {} {\n    puts \"\(message)\"\n}\n",
        "The tool prints `\(message)` where the part is missing.\n",
        "{\"text\": \"\(message)\"}",
    ])
    func textsThatQuoteAMessageAreRefused(text: String) {
        #expect(throws: ReportRefusal.self) { try read(text) }
    }

    @Test(arguments: [
        "\(message)\n", "before\n\(message)\nafter\n", "Compiling a.cpp\n../a.cpp:1:2: error: no such thing\n",
        "# Vivado v2023.2 (64-bit)\n\(message)\n",
        "#---\n# Start of session at: x\nINFO: [Common 17-206] Exiting Vivado\n",
    ])
    func piecesOfLogsAreRead(text: String) throws { #expect(try read(text).kind == "log") }

    // MARK: Kinds that are made by other commands

    private static let header = "| Tool Version : Vivado v.2024.1 (lin64) Build 5076996\n"

    @Test func hierarchyWithPercentagesAndPlaces() throws {
        let report = try read(
            Self.header + """
                | Command      : report_utilization -hierarchical -hierarchical_percentages -file util.rpt
                | Design       : top
                | Device       : xczu9eg-ffvb1156-2-e
                | Design State : Routed

                1. Utilization by Hierarchy
                ---------------------------

                +-----------+--------+-------------+-------------+------------+----------+----------+----------+------------+
                |  Instance | Module | Total PPLOCs| Total LUTs  |    FFs     |  RAMB36  |  RAMB18  |   URAM   | DSP Blocks |
                +-----------+--------+-------------+-------------+------------+----------+----------+----------+------------+
                | top       |  (top) | 900(1.10%)  | 1520(0.55%) | 900(0.16%) | 3(0.33%) | 1(0.05%) | 0(0.00%) | 12(0.48%)  |
                |   fc1_U0  |    fc1 | 800(1.00%)  | 1400(0.51%) | 800(0.15%) | 3(0.33%) | 0(0.00%) | 0(0.00%) | 12(0.48%)  |
                +-----------+--------+-------------+-------------+------------+----------+----------+----------+------------+
                """)
        guard case .utilization(let content) = report.content else { throw ReportRefusal.unknown(report.kind) }
        #expect(content.resources == Resources(lut: 1520, ff: 900, dsp: 12, bram18: 7, uram: 0))
        #expect(content.cells.map(\.module) == ["(top)", "fc1"])
        #expect(content.cells.map(\.depth) == [0, 1])
    }

    @Test func sitesOfTheNewestFamilyWithOtherMarks() throws {
        let report = try read(
            Self.header + """
                | Command      : report_utilization -file util.rpt
                | Device       : xcvc1902-vsva2197-2MP-e-S

                1. Netlist Logic
                ----------------

                +-------------+------+-------+------------+-----------+-------+
                |  Site Type  | Used | Fixed | Prohibited | Available | Util% |
                +-------------+------+-------+------------+-----------+-------+
                | Registers   |  900 |     0 |          0 |   1799680 |  0.05 |
                | CLB LUTs**  | 1520 |     0 |          0 |    899840 |  0.17 |
                +-------------+------+-------+------------+-----------+-------+
                | DSP Slices  |   12 |     0 |          0 |      1968 |  0.61 |
                | Block RAM Tile | 2.5 |   0 |          0 |       967 |  0.26 |
                +-------------+------+-------+------------+-----------+-------+
                """)
        guard case .utilization(let content) = report.content else { throw ReportRefusal.unknown(report.kind) }
        #expect(content.resources == Resources(lut: 1520, ff: 900, dsp: 12, bram18: 5))
        #expect(content.available.lut == 899_840)
    }

    @Test func listOfPaths() throws {
        let report = try read(
            Self.header + """
                | Command      : report_timing -max_paths 2
                | Device       : xcvu13p

                Slack (MET) :             0.251ns  (required time - arrival time)
                Slack (VIOLATED) :        -0.112ns  (required time - arrival time)
                """)
        guard case .timing(let content) = report.content else { throw ReportRefusal.unknown(report.kind) }
        #expect(content.worstPath == -0.112)
        #expect(content.met == false)
        #expect(content.setup.worst == nil)
    }

    @Test func powerWithAWarningInTheCell() throws {
        let report = try read(
            Self.header + """
                | Command          : report_power -file power.rpt
                | Device           : xcvc1902-vsva2197-2MP-e-S

                1. Summary
                ----------

                +--------------------------+-----------------------------------+
                | Total On-Chip Power (W)  | 93.566 (Junction temp exceeded!)  |
                | FPGA Power (W)           | 60.000                            |
                | Dynamic (W)              | 83.000                            |
                | Device Static (W)        | 10.566                            |
                +--------------------------+-----------------------------------+
                """)
        guard case .power(let content) = report.content else { throw ReportRefusal.unknown(report.kind) }
        #expect((content.total, content.dynamic, content.static) == (93.566, 83, 10.566))
    }

    private static let cosim = """
        Report time       : Di 24. Sep 11:45:00 CEST 2019.
        Solution          : solution1.
        Simulation tool   : xsim.

        +----------+----------+-----------------------------------------------+-----------------------------------------------+
        |          |          |                    Latency                    |                    Interval                   |
        +   RTL    +  Status  +-----------------------------------------------+-----------------------------------------------+
        |          |          |      min      |      avg      |      max      |      min      |      avg      |      max      |
        +----------+----------+-----------------------------------------------+-----------------------------------------------+
        |      VHDL|      Pass|             10|             12|             15|              3|              4|              5|
        |   Verilog|        NA|             NA|             NA|             NA|             NA|             NA|             NA|
        +----------+----------+-----------------------------------------------+-----------------------------------------------+

        """

    @Test func simulatedInVHDL() throws {
        let json = try read(Self.cosim).json
        #expect(json["rtl"]?.spelled == "VHDL")
        #expect(json["status"]?.spelled == "pass")
        #expect(json["latency"]?["max"]?.spelled == "15.0")
        #expect(json["interval"]?["avg"]?.spelled == "4.0")
        #expect(json["tool"]?.spelled == "vivado_hls")
    }

    /// Columns are found by their headings: here the intervals come first, and so does the largest.
    @Test func simulationsWithColumnsInAnotherOrder() throws {
        let text = Self.cosim.replacing("Latency ", with: "########").replacing("Interval", with: "Latency ")
            .replacing("########", with: "Interval").replacing(
                "      min      |      avg      ", with: "      avg      |      min      ")
        let json = try read(text).json
        #expect(json["interval"]?["min"]?.spelled == "12.0")
        #expect(json["interval"]?["max"]?.spelled == "15.0")
        #expect(json["latency"]?["avg"]?.spelled == "3.0")
    }

    @Test func simulationsWithoutTheirEndAreRefused() {
        for lines in 1..<12 {
            let text = Self.cosim.split(separator: "\n", omittingEmptySubsequences: false).prefix(lines).joined(
                separator: "\n")
            #expect(throws: ReportRefusal.self, "\(lines)") { try read(text) }
        }
    }

    @Test func transactionsAreNumbered() throws {
        let head = "                             latency        interval\n"
        let rows = (0..<3).map { "transaction       \($0):              15              16\n" }
        #expect(try read(head + rows.joined()).kind == "cosim")
        for broken in [rows[0] + rows[2], rows[0] + rows[0], rows[0] + rows[1].dropLast(2), rows[1]] {
            #expect(throws: ReportRefusal.self) { try read(head + broken) }
        }
    }

    @Test(arguments: [
        (
            "****** xsim v2023.2 (64-bit)\n  **** SW Build 4029153\n\nrun -all\nINFO: [Common 17-206] Exiting xsim at x\n",
            Report.Tool.xsim, "2023.2", LogReport.Outcome.unknown
        ),
        (
            "Vivado Simulator v2022.1\nRunning: xelab -top a\nERROR: [XSIM 43-3225] Cannot find design unit work.a.\n",
            .xsim, "2022.1", .failure
        ),
        (
            "****** v++ v2022.2 (64-bit)\n  **** SW Build 1\n\nINFO: [v++ 60-1306] x\nINFO: [v++ 60-791] Total elapsed time: 1h\n",
            .vpp, "2022.2", .success
        ),
        (
            "****** Vivado v2026.1.0.2 (64-bit)\nCommand: synth_design -top a\nERROR: [Synth 8-439] module 'b' not found\n",
            .vivado, "2026.1.0.2", .failure
        ),
    ])
    func logsOfOtherPrograms(
        text: String, tool: Report.Tool, version: String, outcome: LogReport.Outcome
    ) throws {
        let report = try read(text)
        #expect(report.tool == tool)
        #expect(report.version == version)
        guard case .log(let log) = report.content else { throw ReportRefusal.unknown(report.kind) }
        #expect(log.outcome == outcome)
    }

    @Test func aJournalSaysWhatToReadInstead() {
        let text =
            "#-----\n# Vivado v2024.1 (64-bit)\n# Process ID: 12\n#-----\nopen_project a.xpr\nset_msg_config -id {A}\n"
        #expect {
            try read(text)
        } throws: { error in
            (error as? ReportRefusal)?.reason.hasPrefix("a journal: ") == true
        }
    }
}

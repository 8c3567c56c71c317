import Testing

@testable import Reports

@Suite struct TextTests {
    private func parse(_ text: String) -> DrawnTable? {
        DrawnTable.read(Line.lines(of: Array(text.utf8)), at: 0)?.table
    }

    @Test func headingsOfSeveralRowsJoin() throws {
        let table = try #require(
            parse(
                """
                +-----+-----+----------+
                |  Latency  | Pipeline |
                | min | max |   Type   |
                +-----+-----+----------+
                |    2|    9| function |
                +-----+-----+----------+
                |Total|    9|          |
                +-----+-----+----------+
                """))
        #expect(table.columns == ["Latency min", "Latency max", "Pipeline Type"])
        #expect(table.groups.count == 2)
        #expect(DrawnTable.cell(table.rows[0], table.column("Latency max")) == "9")
        #expect(DrawnTable.cell(table.rows[0], table.column("Interval min")) == nil)
    }

    @Test func aListWithoutAHeadingIsRows() throws {
        let table = try #require(parse("+------+---+\n| a    | 1 |\n| b    | 2 |\n+------+---+\n"))
        #expect(table.rows.map { $0.map(\.trimmed) } == [["a", "1"], ["b", "2"]])
    }

    @Test(arguments: ["", "+", "++", "+-", "| a |", "+-+", "text"])
    func whatIsNoTable(text: String) { #expect(parse(text)?.rows.isEmpty ?? true) }

    @Test func numbersAsTheToolsPrintThem() {
        #expect(Number.int(" 42 ") == 42)
        #expect(Number.int("~0") == 0)
        for none in ["-", "NA", "undef", "?", "", "x", "4294967295", "99999999999999999999", "1.5"] {
            #expect(Number.int(none) == nil, "\(none)")
        }
        #expect(Number.double("<0.001") == 0.001)
        #expect(Number.double("12.5") == 12.5)
        #expect(Number.double("-1.5e+03") == -1500)
        for none in ["NA", "inf", "-inf", "nan", "0x10", "", "1e999"] { #expect(Number.double(none) == nil, "\(none)") }
        #expect(Number.leadingDouble("10.00 ns") == 10)
        #expect(Number.leadingInt("8 (2%)") == 8)
        #expect(Number.range("34 ~ 1026") == CycleRange(34, 1026))
        #expect(Number.range("7") == CycleRange(7, 7))
        #expect(Number.range("undef") == CycleRange())
    }

    @Test(arguments: [
        ("Vivado v.2024.2.1 (lin64) Build 5239630", "2024.2.1" as String?), ("v2019.2 (64-bit)", "2019.2"),
        ("2018.1 (Build 2188600 on Wed Apr 04 19:04:02 MDT 2018)", "2018.1"), ("Wed 2018", nil), ("", nil),
    ])
    func versions(text: String, version: String?) { #expect(Number.version(text) == version) }

    @Test func linesOfEverySystem() {
        let lines = Line.lines(of: Array("a\r\nb\nc\rd".utf8))
        #expect(lines.map(\.text) == ["a", "b", "c", "d"])
    }

    @Test func aLineInLatin1IsText() {
        #expect(Line(bytes: [0x4D, 0xFC, 0x6C]).text == "M\u{FC}l")
    }

    @Test func terminalsLeaveNothing() throws {
        let bytes = Array("\u{1B}[2Kvitis_hls> \u{1B}[11Cexit\u{0}\n".utf8)
        #expect(String(decoding: try ReportBytes.cleaned(bytes), as: UTF8.self) == "vitis_hls> exit\n")
    }

    @Test func placesInSources() {
        #expect(SourcePlace.find("array 'w9.V.2' (firmware/myproject.cpp:60).")?.file == "firmware/myproject.cpp")
        #expect(SourcePlace.find("lab2/lab2.c:15: unsupported memory access")?.line == 15)
        #expect(SourcePlace.find("(C:/Users/a/b.cpp:1:2)") == SourcePlace(file: "C:/Users/a/b.cpp", line: 1, column: 2))
        #expect(SourcePlace.find("at 12:30:15 of part0:1.0") == nil)
    }
}

import Basics
import TestSupport
import Testing

@testable import Config

/// How the vendor's reports, scripts and board files spell parts.
@Suite struct PartNameTests {
    /// Each line: a part as Vivado lists it, and its other spellings.
    private static let lines: [[String]] = {
        let text = (try? Files.text(Repository.fixtures + "/parts.txt")) ?? ""
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            $0.split(separator: " ").map(String.init)
        }
    }()

    @Test func everySpellingIsOnePart() {
        #expect(Self.lines.count > 2500)
        for line in Self.lines {
            for spelling in line + line.map({ $0.uppercased() }) + line.map({ $0.lowercased() }) {
                #expect(PartName.read(spelling) == .part(line[0]), "\(spelling)")
            }
        }
    }

    @Test(arguments: [("xc7z020-clg400-1", "xc7z020clg400-1"), ("XCU250-FIGD2104-2L-E", "xcu250-figd2104-2L-e")])
    func asAProjectHasIt(spelling: String, part: String) throws {
        #expect(try project(minimal("").replacing("xc7z020clg400-1", with: spelling)).part == part)
        let foreign = "KerasH5: m.h5\nBackend: Vitis\nPart: \(part)\nXilinxPart: \(spelling)\n"
        #expect(try project(foreign).part == part)
        #expect(try project(foreign).warnings.isEmpty, "both name one part")
    }

    @Test(arguments: [
        ("XCZU7EV-2FFVC1156E", "it is spelt as it is ordered", "xczu7ev-ffvc1156-2-e"),
        ("xczu7ev-2ffvc1156", "it is spelt as it is ordered", "xczu7ev-ffvc1156-2-e"),
        ("XC7Z020-1CLG400C", "it is spelt as it is ordered", "xc7z020clg400-1"),
        ("xc7z020-clg400", "the speed grade is missing", ""), ("xc7z020", "the speed grade is missing", ""),
        ("xc7z020-clg400-A", "'A' is not a speed grade", "begins with a digit"),
        ("xcu250-figd2104-Fast-e", "'Fast' is not a speed grade", "begins with a digit"),
        ("xcu55c-fsvh2892", "the package or the speed grade is missing", ""), ("xc7z020--1", "is empty", ""),
        ("xcu250", "the package or the speed grade is missing", ""), ("PYNQ-Z2", "it is a board", "xc7z020clg400-1"),
    ])
    func whatIsNoPart(text: String, problem: String, help: String) {
        guard case .problem(let said, let told) = PartName.read(text) else {
            Issue.record("\(text) is read as a part")
            return
        }
        #expect(said.contains(problem) && told.contains(help), "\(text): \(said): \(told)")
    }

    @Test func partsOfOthersStayAsTheyAre() {
        for part in ["lfe5u-25f-6-bg256", "iCE40UP5K-SG48I", "10AX115N2F45E1SG"] {
            #expect(PartName.read(part) == .part(part))
        }
    }
}

import Basics
import Testing

@testable import BuildEngine

@Suite struct PathTests {
    @Test func containment() {
        for path in ["a", "a/b", "..a/b..", "a b", "\u{301}", "...", "a/\u{301}b"] {
            #expect(PathText.isContained(path))
        }
        for path in ["", "/", "/a", "a/", "a//b", ".", "./a", "a/.", "..", "../a", "a/../b", "a/..", "x\0y"] {
            #expect(!PathText.isContained(path))
        }
        #expect(!PathText.isContained("../\u{301}x/.."), "a slash with an accent is a slash")
        #expect(!PathText.isContained("a/\u{301}/.."))
    }

    @Test func parts() {
        #expect(PathText.parent(of: "/a/b\u{301}/\u{301}c") == "/a/b\u{301}")
        #expect(PathText.parent(of: "a") == nil && PathText.parent(of: "/a") == nil)
        #expect(PathText.folders(above: "a/b/c") == ["a", "a/b"])
        #expect(PathText.folders(above: "a") == [])
        #expect(PathText.relative("/é/x/y", to: "/é/x") == "y")
        #expect(PathText.relative("/é/xy", to: "/é/x") == nil)
        #expect(PathText.relative("/é/x", to: "/é/x") == nil)
    }

    @Test func fileNamesOfLabels() {
        #expect(LabelName(label: "fc1.cpp").text == "fc1.cpp")
        #expect(LabelName(label: "../x").text == "%2e.%2fx")
        #expect(LabelName(label: "").text == "%")
        let long = [String(repeating: "a", count: 300) + "1", String(repeating: "a", count: 300) + "2"]
        #expect(Set(long.map { LabelName(label: $0).text }).count == 2)
        #expect(long.allSatisfy { LabelName(label: $0).text.utf8.count < 200 })
        for label in ["compile firmware/layers/fc1.cpp", "../x", "100 %", "Übung\t日本", "", "%%41", "a%zz"] {
            #expect(LabelName(found: LabelName(label: label).text).label == label)
        }
        #expect(LabelName(found: LabelName(label: long[0]).text).label.hasPrefix("aaa"))
        #expect(Set(long.map { LabelName(found: LabelName(label: $0).text).label }).count == 2)
    }

    @Test func projectFolderOfAnyName() async throws {
        let parent = try TestProject()
        let runner = FakeRunner()
        for name in ["Übung mit Leerzeichen", "\u{301}x", "tab\there", "日本"] {
            try parent.write(name + "/source.txt", "one\n")
            for expected in [StageOutcome.built, .current] {
                let world = World(folder: parent.folder + "/" + name + "//", environment: [:])
                let summary = try await Builder(world: world, runner: runner).build(
                    try TestFlow().flow(), BuildOptions(jobs: 1))
                #expect(summary.stages.allSatisfy { $0.outcome == expected })
            }
            let made = try parent.tree(name + "/build")
            #expect(made.values.sorted() == TestFlow().expected("one\n").values.sorted())
        }
    }
}

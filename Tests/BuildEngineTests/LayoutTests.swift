import Basics
import Glibc
import Testing

@testable import BuildEngine

@Suite struct LayoutTests {
    let source = "one\ntwo\n"
    let runner = FakeRunner()
    let reporter = RecordingReporter()
    let project: TestProject
    let output = "build/compile/out.txt"

    init() async throws {
        project = try TestProject()
        try project.write("source.txt", source)
        #expect(try await project.build(runner: runner).ok)
        runner.forget()
    }

    private func rebuild() async throws -> BuildSummary {
        let summary = try await project.build(TestFlow(), runner, reporter: reporter)
        #expect(summary.ok)
        #expect(runner.runs.isEmpty)
        return summary
    }

    @Test func deletedOutputComesBackWithoutARun() async throws {
        try project.remove(output)
        let summary = try await rebuild()
        #expect(summary.outcomes == ["parse current", "write current", "compile cached", "pack current"])
        #expect(summary["compile"]?.why == "\(output) was missing")
        #expect(try project.tree("build") == TestFlow().expected(source))
    }

    @Test func editedOutputIsKeptAsideAndRestored() async throws {
        for round in ["edited once", "edited twice"] {
            try project.write(output, round)
            let summary = try await rebuild()
            #expect(summary["compile"]?.why == "\(output) was edited")
        }
        var expected = TestFlow().expected(source)
        expected[output + ".edited"] = "edited once"
        expected[output + ".edited-2"] = "edited twice"
        #expect(try project.tree("build") == expected)
        #expect(reporter.messages.contains("'\(output)' was edited; your version is now '\(output).edited'"))
        #expect(try await rebuild().isQuiet)
    }

    @Test func editWithEqualSizeRightAfterTheBuildIsNoticed() async throws {
        let text = try #require(project.text(output))
        try project.write(output, String(text.reversed()))
        #expect(try await rebuild()["compile"]?.outcome == .cached)
        #expect(project.text(output) == text)
    }

    @Test func permissionsAreRestored() async throws {
        #expect(chmod(project.folder + "/build/write/run.sh", 0o644) == 0)
        #expect(chmod(project.folder + "/" + output, 0o777) == 0)
        _ = try await rebuild()
        #expect(Files.status(project.folder + "/build/write/run.sh")?.mode == 0o755)
        #expect(Files.status(project.folder + "/" + output)?.mode == 0o644)
        #expect(try project.tree("build") == TestFlow().expected(source))
    }

    @Test func filesOfTheUserStay() async throws {
        try project.write("build/write/parts/mine.txt", "mine")
        try project.write("build/mine.txt", "mine too")
        try project.write("source.txt", "one\n")
        #expect(try await project.build(runner: runner).ok)
        var expected = TestFlow().expected("one\n")
        expected["build/write/parts/mine.txt"] = "mine"
        expected["build/mine.txt"] = "mine too"
        #expect(try project.tree("build") == expected)
    }

    @Test func outputsThatAreNotMadeAnyMoreGoUnlessEdited() async throws {
        try project.write("build/write/parts/part1.txt", "edited")
        try project.write("source.txt", "one\n")
        #expect(try await project.build(TestFlow(), runner, reporter: reporter).ok)
        var expected = TestFlow().expected("one\n")
        expected["build/write/parts/part1.txt"] = "edited"
        #expect(try project.tree("build") == expected)
        #expect(reporter.messages.contains { $0.contains("part1.txt' is not made any more but was edited") })
    }

    @Test func renamedOutputIsRestored() async throws {
        #expect(rename(project.folder + "/" + output, project.folder + "/build/compile/mine") == 0)
        _ = try await rebuild()
        var expected = TestFlow().expected(source)
        expected["build/compile/mine"] = expected[output]
        #expect(try project.tree("build") == expected)
    }

    @Test func linkInPlaceOfAnOutputIsNotFollowed() async throws {
        try project.write("precious.txt", "precious")
        try project.remove(output)
        try project.link(output, to: "../../precious.txt")
        _ = try await rebuild()
        #expect(project.text("precious.txt") == "precious")
        #expect(Files.linkStatus(project.folder + "/" + output)?.kind == .file)
        #expect(Files.linkStatus(project.folder + "/" + output + ".edited")?.kind == .link)
    }

    @Test(arguments: ["build/write", "build/write/parts", "build"])
    func linkInPlaceOfAFolderIsNotFollowed(_ folder: String) async throws {
        let outside = try TestProject()
        try outside.write("keep.txt", "keep")
        try project.remove(folder)
        try project.link(folder, to: outside.folder)
        try project.write("source.txt", "three\n")
        #expect(try await project.build(TestFlow(), runner, reporter: reporter).ok)
        #expect(try outside.tree(".") == ["./keep.txt": "keep"])
        #expect(project.text("build/write/parts/part0.txt") == "> three\n")
        #expect(Files.linkStatus(project.folder + "/" + folder)?.kind == .directory)
        #expect(Files.linkStatus(project.folder + "/" + folder + ".edited")?.kind == .link)
    }

    @Test func folderAndFileInPlaceOfAnOutput() async throws {
        try project.remove(output)
        try project.write(output + "/inner", "of the user")
        try project.remove("build/write/parts")
        try project.write("build/write/parts", "a file")
        _ = try await rebuild()
        #expect(project.text(output + ".edited/inner") == "of the user")
        #expect(project.text("build/write/parts.edited") == "a file")
        #expect(project.text("build/write/parts/part0.txt") == "> one\n")
    }

    @Test func outputsWithPathsThatLeaveAreRefused() async throws {
        for path in ["../x", "/etc/x", "a//b", "./a", "a/../../b", ""] {
            let flow = try Flow([
                StageNode("bad") { context in
                    context.layOut([path: try context.source("source.txt")])
                }
            ])
            let summary = try await project.build(flow, runner)
            #expect(summary["bad"]?.outcome == .failed)
            #expect(summary["bad"]?.why.contains("cannot be the path of") == true)
        }
        let flow = try Flow([
            StageNode("bad") { context in
                let source = try context.source("source.txt")
                context.layOut(["a": source, "a/b": source])
            }
        ])
        #expect(try await project.build(flow, runner)["bad"]?.outcome == .failed)
    }

    @Test func sourcesCanBeLaidOut() async throws {
        let flow = try Flow([
            StageNode("copy") { context in
                context.layOut(["copy.txt": try context.source("source.txt")])
            }
        ])
        #expect(try await project.build(flow, runner)["copy"]?.outcome == .cached)
        #expect(project.text("build/copy/copy.txt") == source)
        #expect(try await project.build(flow, runner).isQuiet)
    }

    @Test func cleanLeavesWhatIsTheUsers() async throws {
        try project.write(output, "edited")
        try project.write("build/write/mine.txt", "mine")
        try await project.builder(runner).clean()
        #expect(try project.tree("build") == [output: "edited", "build/write/mine.txt": "mine"])
        _ = try await rebuild()
        try await project.builder(runner).clean(everything: true)
        #expect(try Files.list(project.folder + "/.hlsbuild") == ["lock"])
    }
}

import Testing
import TestSupport

@testable import Steps

/// The templates within the executable.
@Suite struct EmbeddedTests {
    @Test func theyAreThoseOfTheFolder() async throws {
        let listed = try await Program.run(
            "/bin/sh", ["-c", "find cfg firmware hls projects release tcl -type f | LC_ALL=C sort"],
            in: Repository.templates)
        let paths = listed.output.split(separator: "\n").map(String.init)
        #expect(paths.count > 30)
        #expect(EmbeddedTemplates.files.map(\.path) == paths, "run 'make templates' before 'swift build'")
        for file in EmbeddedTemplates.files {
            #expect(file.bytes == contents(Repository.templates + "/" + file.path), "\(file.path)")
        }
    }
}

import Basics
import Testing
import TestSupport

/// Text that is a path, a word of a shell or a name is taken apart by its bytes (`ByteText`, `PathText`, `PathName`): to
/// Swift's own operations a slash or a quote with a combining mark behind it is another character.
@Suite struct ByteWiseTests {
    /// What compares or searches by characters, as it stands in the code.
    private static let operations = [
        ".hasPrefix(", ".hasSuffix(", ".replacing(\"", ".split(separator: \"/\"", ".split(separator: \":\"",
        ".firstIndex(of: \"", ".lastIndex(of: \"", ".contains(\"/\")", ".contains(\"..\")", "== \"..\"",
    ]

    /// Modules in which no path and no name of another is taken apart.
    private static let modules: Set<String> = [
        // The words of tools and their reports, which become numbers and sentences.
        "Reports",
        // Numbers, types and parts, whose form is checked.
        "FixedPoint", "Estimates",
    ]

    /// Files, and what in them is taken apart that is neither.
    private static let exempt: [String: String] = [
        "Tools/ToolEntry.swift": "places with {top} in them, which are the program's own",
        "Tools/ToolVersion.swift": "numbers of releases",
        "Vendor/Component.swift": "elements of XML",
    ]

    @Test func pathsAndNamesAreBytes() throws {
        let folder = Repository.root + "/Sources"
        let paths = try FileTree.paths(below: folder).filter { $0.ends(with: ".swift") }
        #expect(paths.count > 200, "the sources are not where this test looks: \(folder)")
        var found: Set<String> = []
        for path in paths where !Self.modules.contains(path.parts(at: "/")[0]) {
            for (index, line) in try Files.text(folder + "/" + path).parts(at: "\n").enumerated() {
                let code = line.firstRange(of: "//").map { String(line[..<$0.lowerBound]) } ?? line
                guard let operation = Self.operations.first(where: { code.contains($0) }) else { continue }
                found.insert(path)
                if Self.exempt[path] == nil { Issue.record("\(path):\(index + 1) compares characters: \(operation)") }
            }
        }
        #expect(found.isSuperset(of: Self.exempt.keys), "an exemption that nothing needs")
    }
}

import Basics
import Config
import Glibc
import Testing

/// What lies where a project file should be.
@Suite struct FileTests {
    private func said(aboutFile path: String) -> String {
        do throws(DiagnosticError) {
            return try ProjectFile.load(path: path).warnings.map(\.rendered).joined()
        } catch {
            return error.description
        }
    }

    @Test func noFileAFolderADevice() {
        #expect(
            said(aboutFile: "/nowhere/p.yml") == """
                error: cannot read '/nowhere/p.yml': No such file or directory
                help: 'hlsbuild init' writes one; '-f FILE' names another

                """)
        #expect(
            said(aboutFile: "/tmp")
                == "error: '/tmp' is a folder\nhelp: name the project file in it: /tmp/hlsbuild.yml\n")
        #expect(said(aboutFile: "/dev/null") == "error: '/dev/null' is not a regular file\nhelp: name a project file\n")
    }

    @Test func aFileIsReadAsItIs() throws {
        var template = Array("/tmp/hlsbuild-config-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        try #require(descriptor >= 0)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        let text = Array((goodProject + String(repeating: "# filler\n", count: 20_000)).utf8)
        #expect(write(descriptor, text, text.count) == text.count)
        close(descriptor)
        #expect(try ProjectFile.load(path: path).name == "jet_tagger")
        #expect(try ProjectFile.load(path: path, overrides: ["project=q"]).name == "q")
        // Root may read everything: only another user can see this refusal.
        if geteuid() != 0 {
            chmod(path, 0)
            #expect(said(aboutFile: path).hasPrefix("error: cannot read '\(path)': Permission denied\n"))
        }
    }
}

import FoundationEssentials
import HLSWriter
import Options
import Testing

@Suite struct StructureTests {
    @Test func taggerIsWritten() throws {
        for io in IOType.allCases {
            let files = try Fixture.write(Fixture.tagger(io))
            if let folder = ProcessInfo.processInfo.environment["HLSWRITER_DUMP"] {
                for (path, text) in files {
                    let url = URL(filePath: folder).appending(path: io.rawValue).appending(path: path)
                    try FileManager.default.createDirectory(
                        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                    try Data(text.utf8).write(to: url)
                }
            }
            #expect(files["firmware/net.cpp"]?.contains("void net(") == true)
        }
    }
}

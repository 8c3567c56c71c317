import Testing
import TestSupport

/// `check` says at once which interface cannot be, where it stands, and what can.
@Suite struct InterfaceTests {
    private func check(_ settings: String) async throws -> Ended {
        let folder = try Scratch()
        try Network.write(["x", "y"], settings: settings, to: folder)
        return try await Program.run(try Program(in: folder).path, ["check"], in: folder.path)
    }

    @Test func whatCannotBe() async throws {
        let arrays = try await check("interface: {data: axis}\n")
        #expect(arrays.status == 2)
        #expect(
            arrays.errors == """
                hlsbuild.yml:7:19: error: all elements of an array are there at once, and AXI4-Stream brings them one after \
                the other
                help: write 'io: stream', or 'data: vld'

                """)
        let streams = try await check("io: stream\ninterface: {control: none, data: vld}\n")
        #expect(streams.status == 2)
        #expect(
            streams.errors.hasPrefix(
                "hlsbuild.yml:8:34: error: what passes as a stream has a handshake for each element\nhelp: write 'data: axis'"
            ), "\(streams.errors)")
    }

    @Test(arguments: [
        "interface: {control: none, data: none}", "interface: {control: chain}", "io: stream\ninterface: {data: axis}",
        "io: stream\ninterface: {control: none}",
    ])
    func whatCanBe(settings: String) async throws {
        let run = try await check(settings + "\n")
        #expect(run.status == 0, "\(run.errors)")
    }
}

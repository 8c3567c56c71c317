import HLSWriter
import Options
import Testing

@testable import HLSChecker

/// Every way in which the top function can be connected keeps the rules.
@Suite struct InterfaceCheckTests {
    static let ports: [(IOType, PortProtocol?)] = [
        (.parallel, nil), (.parallel, .valid), (.parallel, .bare), (.stream, nil), (.stream, .axis),
    ]

    @Test(arguments: PragmaTable.Target.allCases) func everyInterface(_ target: PragmaTable.Target) throws {
        var memory = Checker.Memory()
        for (io, data) in Self.ports {
            for control in ControlProtocol.allCases {
                let files = try Corpus.written(
                    Corpus.tagger(io), target, interface: InterfaceOptions(control: control, data: data))
                let top = try #require(files["firmware/net.cpp"])
                #expect(top.contains("port=return") == (control != .handshake))
                #expect(Checker(files, target).findings(&memory).map(\.description) == [])
            }
        }
    }

    /// Processes and slower pipelines are started and say that they are done.
    @Test(arguments: PragmaTable.Target.allCases) func slowerOnes(_ target: PragmaTable.Target) throws {
        var memory = Checker.Memory()
        for control in [ControlProtocol.handshake, .chain] {
            for design in [try Corpus.tagger(.parallel, .latency, reuse: 4), try Corpus.fork(.parallel)] {
                let files = try Corpus.written(design, target, interface: .init(control: control, data: .bare))
                #expect(Checker(files, target).findings(&memory).map(\.description) == [])
            }
        }
        let free = try Corpus.written(Corpus.fork(.stream), target, interface: .init(control: .free))
        #expect(Checker(free, target).findings(&memory).map(\.description) == [])
    }
}

import Basics
import FixedPoint
import HLSWriter
import LayerKit
@testable import Layers
import Options
import Testing
import TestSupport

/// How the top function is connected, by choice.
@Suite struct InterfaceTests {
    private func files(_ design: Design, _ control: ControlProtocol, _ data: PortProtocol?) throws -> [String: String] {
        var settings = Fixture.settings()
        settings.interface = InterfaceOptions(control: control, data: data)
        return try Fixture.write(design, settings)
    }

    private func pragmas(_ design: Design, _ control: ControlProtocol, _ data: PortProtocol?) throws -> [Substring] {
        let text = try #require(try files(design, control, data)["firmware/net.cpp"])
        return text.split(separator: "\n").filter { $0.contains("INTERFACE") }
    }

    private func fault(_ design: Design, _ control: ControlProtocol, _ data: PortProtocol?) -> Diagnostic? {
        do {
            _ = try files(design, control, data)
            return nil
        } catch let error as DiagnosticError {
            return error.diagnostics.first
        } catch {
            return nil
        }
    }

    private func small(_ io: IOType, reuse: Int = 1, _ strategy: Strategy = .latency) -> Design {
        var dice = Dice(state: 3)
        return Fixture.chain(
            io, .fixed(8, 3), [4], [("fc1", [2], Fixture.dense(&dice, 4, 2, strategy, reuse: reuse))])
    }

    @Test func arrays() throws {
        let design = small(.parallel)
        let valid = ["#pragma HLS INTERFACE ap_vld port=features", "#pragma HLS INTERFACE ap_vld port=fc1_out"]
        let bare = ["#pragma HLS INTERFACE ap_none port=features", "#pragma HLS INTERFACE ap_none port=fc1_out"]
        #expect(try pragmas(design, .handshake, nil).map(String.init) == valid)
        #expect(try files(design, .handshake, .valid) == files(design, .handshake, nil))
        #expect(try pragmas(design, .handshake, .bare).map(String.init) == bare)
        #expect(
            try pragmas(design, .free, .bare).map(String.init) == bare
                + ["#pragma HLS INTERFACE ap_ctrl_none port=return"])
        #expect(
            try pragmas(design, .chain, .valid).map(String.init) == valid
                + ["#pragma HLS INTERFACE ap_ctrl_chain port=return"])
    }

    @Test func streams() throws {
        let design = small(.stream)
        let axis = ["#pragma HLS INTERFACE axis port=features", "#pragma HLS INTERFACE axis port=fc1_out"]
        #expect(try pragmas(design, .handshake, nil).map(String.init) == axis)
        #expect(try files(design, .handshake, .axis) == files(design, .handshake, nil))
        #expect(
            try pragmas(design, .free, .axis).map(String.init) == axis
                + ["#pragma HLS INTERFACE ap_ctrl_none port=return"])
    }

    /// Only the top function tells of it.
    @Test func nothingElseChanges() throws {
        let design = small(.parallel)
        let one = try files(design, .handshake, nil), other = try files(design, .chain, .bare)
        #expect(Set(one.keys) == Set(other.keys))
        #expect(one.filter { other[$0.key] != $0.value }.keys.sorted() == ["firmware/net.cpp"])
    }

    @Test(arguments: [
        (IOType.stream, PortProtocol.valid, "a handshake for each element"),
        (.stream, .bare, "a handshake for each element"), (.parallel, .axis, "one after the other"),
    ])
    func whatPortsCannotBe(io: IOType, data: PortProtocol, says: String) {
        let found = fault(small(io), .handshake, data)
        #expect(found?.message.contains(says) == true && found?.subject == ["interface", "data"])
        #expect(found?.help != nil)
    }

    /// Without control one sample a cycle, or streams: else nobody knows when a sample is read.
    @Test func whatNeedsControl() throws {
        let slow = fault(small(.parallel, reuse: 4), .free, nil)
        #expect(slow?.message.hasSuffix("in every cycle: 'fc1' takes 4 cycles") == true, "\(slow?.message ?? "")")
        #expect(slow?.subject == ["interface", "control"] && slow?.help?.contains("COSIM 212-345") == true)
        let processes = fault(small(.parallel, reuse: 4, .resource), .free, .bare)
        #expect(processes?.subject == ["interface", "control"], "\(processes?.message ?? "")")
        #expect(fault(small(.stream, reuse: 4), .free, nil) == nil)
        #expect(fault(small(.parallel, reuse: 4), .chain, .bare) == nil)
        #expect(fault(small(.parallel), .free, .bare) == nil)
    }
}

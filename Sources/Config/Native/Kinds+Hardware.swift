internal import Basics
internal import Options

// How the firmware is connected, and what the exported IP is called.

extension Kind where Value == String {
    /// A part of an IP's identifier: `cern.ch`.
    static var ipName: Kind<String> {
        Kind(.text(pattern: "^[A-Za-z][A-Za-z0-9_.-]{0,99}$")) { node, reading in
            let text = node.text ?? ""
            let others = text.utf8.dropFirst().allSatisfy { isLetterOrDigit($0) || "_.-".utf8.contains($0) }
            guard let first = text.utf8.first, isLetter(first), others, text.utf8.count <= 100 else {
                reading.mismatch(
                    "a name of letters, digits, dots, '_' and '-'", node, help: "write, for example, 'cern.ch'")
                return nil
            }
            return text
        }
    }

    /// A line of text that the tools pass on unharmed: through Tcl, a configuration file and XML.
    static var ipText: Kind<String> {
        let marks = " .,:;+-_*/()=!?@%'"
        return Kind(.text(pattern: "^[A-Za-z0-9 .,:;+_*/()=!?@%'-]{1,200}$")) { node, reading in
            let text = node.text ?? ""
            let isPlain = text.utf8.allSatisfy { isLetterOrDigit($0) || marks.utf8.contains($0) }
            guard isPlain, (1...200).contains(text.utf8.count), text.utf8.contains(where: isLetterOrDigit) else {
                reading.mismatch(
                    "a line of plain text", node,
                    help: "the tools take letters without accents, digits, blanks and \(marks.dropFirst()), up to 200")
                return nil
            }
            return text
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 && byte > 0x40
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isLetter(byte) || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}

extension Kind where Value == String? {
    /// What may be left to the tool.
    static func optional(_ kind: Kind<String>) -> Kind<String?> { kind.map { $0 } }
}

extension Kind where Value == InterfaceOptions {
    static var interface: Kind<InterfaceOptions> {
        let fields: [Field<InterfaceOptions>] = [
            Field(
                "control", Kind<ControlProtocol>.choice("a control protocol"), default: "hs",
                "How it is started: 'hs' (ap_ctrl_hs), 'chain' (ap_ctrl_chain), or 'none': it always runs."
            ) { value, _, _, interface in interface.control = value },
            Field(
                "data", Kind<PortProtocol>.choice("a protocol of data"), into: \.data,
                "What passes beside the data: a valid wire ('vld', of io: parallel), nothing ('none'), or 'axis' "
                    + "(of io: stream)."),
        ]
        return .mapping("interface", fields) { InterfaceOptions() }
    }
}

internal import Basics

/// The name of a step's log and scratch folder: the label with all but letters, digits, `_`, `-`, `.` spelt as `%` and two
/// digits; of a long label its beginning, `%%` and a digest.
struct LabelName: Hashable, Sendable {
    /// As it stands in the folder, without the ending.
    let text: String

    init(label: String) {
        var name: [UInt8] = []
        for byte in label.utf8 {
            if Self.isPlain(byte) || byte == UInt8(ascii: ".") && !name.isEmpty {
                name.append(byte)
            } else {
                let hex = String(byte, radix: 16)
                name += ("%" + (hex.utf8.count == 1 ? "0" : "") + hex).utf8
            }
        }
        if name.isEmpty { name = [UInt8(ascii: "%")] }
        let whole = String(decoding: name, as: UTF8.self)
        text = name.count > 200 ? "\(whole.prefix(150))%%\(Digest(of: label).short)" : whole
    }

    /// A name that was found in a folder.
    init(found text: String) { self.text = text }

    /// The label as people read it; of a long one its beginning and the digest.
    var label: String {
        var label: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.first == byte {
                return String(decoding: label, as: UTF8.self) + "... "
                    + String(decoding: rest.dropFirst(), as: UTF8.self)
            }
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let spelt = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                label.append(spelt)
                rest = rest.dropFirst(2)
            } else if byte != UInt8(ascii: "%") {
                label.append(byte)
            }
        }
        return String(decoding: label, as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}

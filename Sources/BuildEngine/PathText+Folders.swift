internal import Basics

extension PathText {
    /// The text with `NUL folder N NUL` for every folder of the list that it names: no text that is handed to a program
    /// or comes from a file name can hold that itself. The longest folder that fits counts.
    static func replacing(_ folders: [String], in text: String) -> String {
        let folders = folders.enumerated().sorted { $0.element.utf8.count > $1.element.utf8.count }
        var result: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let first = rest.first {
            let found = folders.first { _, folder in
                !folder.isEmpty && rest.starts(with: folder.utf8)
                    && !isOfName(rest.dropFirst(folder.utf8.count).first)
            }
            if let found, !isOfName(result.last) {
                result += "\0folder \(found.offset)\0".utf8
                rest = rest.dropFirst(found.element.utf8.count)
            } else {
                result.append(first)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Whether a byte goes on with the name before it.
    private static func isOfName(_ byte: UInt8?) -> Bool {
        guard let byte else { return false }
        return switch byte {
        case 48...57, 65...90, 97...122, 128...255, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }
}

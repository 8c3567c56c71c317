internal import Basics
internal import Zip

/// What an IP's `component.xml` says, as far as packing needs it.
struct Component {
    private(set) var text: String

    init(_ bytes: [UInt8]) { text = String(decoding: bytes, as: UTF8.self) }

    /// The files of the IP, each once, sorted.
    var files: [String] {
        var found: Set<String> = []
        for part in parts(between: "<spirit:file>", and: "</spirit:file>") {
            if let name = Self.element("spirit:name", in: part), PathText.isContained(name) {
                found.insert(name)
            }
        }
        return found.sorted()
    }

    /// `vendor_library_name_version.zip`, dots as underscores.
    var archiveName: String {
        let parts = ["vendor", "library", "name", "version"].map { Self.element("spirit:" + $0, in: text) ?? "x" }
        let name = parts.joined(separator: "_").map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "_" }
        return String(name) + ".zip"
    }

    /// Takes the time of day out: one date for all.
    mutating func removeTimes() {
        let tag = "xilinx:coreCreationDateTime"
        if let value = Self.element(tag, in: text) {
            text = text.replacing("<\(tag)>\(value)</\(tag)>", with: "<\(tag)>\(Timeless.date)</\(tag)>")
        }
        text = String(decoding: Timeless.text(Array(text.utf8)), as: UTF8.self)
    }

    /// Sets the revision, for which releases of the tool that were not told one take the minutes since some year.
    mutating func setRevision(_ revision: String) {
        let tag = "xilinx:coreRevision"
        guard let value = Self.element(tag, in: text), value != revision else { return }
        text = text.replacing("<\(tag)>\(value)</\(tag)>", with: "<\(tag)>\(revision)</\(tag)>")
    }

    /// States the checksum of a file that was changed, where that of the old one was stated.
    mutating func update(_ path: String, from old: [UInt8], to new: [UInt8]) {
        guard old != new else { return }
        let (before, after) = (Self.checksum(old), Self.checksum(new))
        let start = "<spirit:file>"
        let pieces = text.split(separator: start, omittingEmptySubsequences: false)
        guard pieces.count > 1 else { return }
        let changed = pieces.dropFirst().map { piece -> String in
            guard Self.element("spirit:name", in: piece) == path, let end = piece.firstRange(of: "</spirit:file>")
            else {
                return String(piece)
            }
            return String(piece[..<end.lowerBound].replacing(before, with: after)) + piece[end.lowerBound...]
        }
        text = ([String(pieces[0])] + changed).joined(separator: start)
    }

    /// `CHECKSUM_` and the CRC-32 of the file, eight lower-case digits.
    private static func checksum(_ bytes: [UInt8]) -> String {
        let digits = String(ZipChecksum.of(bytes), radix: 16)
        return "CHECKSUM_" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }

    private func parts(between start: String, and end: String) -> [Substring] {
        text.split(separator: start, omittingEmptySubsequences: false).dropFirst().map { part in
            part.firstRange(of: end).map { part[..<$0.lowerBound] } ?? part
        }
    }

    private static func element(_ name: String, in text: some StringProtocol) -> String? {
        guard let start = text.firstRange(of: "<\(name)>"),
            let end = text[start.upperBound...].firstRange(of: "</\(name)>")
        else { return nil }
        return String(text[start.upperBound..<end.lowerBound])
    }
}

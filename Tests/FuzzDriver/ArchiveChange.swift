import Basics
import TestSupport
import Zip

/// A zip archive with one of its files changed and its checksums right.
struct ArchiveChange {
    /// Of a file of an archive that can be changed by what it is.
    let change: (_ bytes: inout [UInt8], _ shape: Format.Shape, _ dice: inout Dice) -> Void

    /// Nil where the bytes are no archive any more.
    func applied(_ bytes: [UInt8], like other: [UInt8], _ dice: inout Dice) -> [UInt8]? {
        guard var entries = try? ZipArchive.entries(bytes), !entries.isEmpty else { return nil }
        let index = dice.roll(0...entries.count - 1)
        switch dice.roll(0...19) {
        case 0: entries.remove(at: index)
        case 1: entries[index].path = entries[dice.roll(0...entries.count - 1)].path + (dice.chance(2) ? "" : "x")
        case 2:
            // The file of that name of another archive: an architecture with the weights of another.
            let name = PathText.name(of: entries[index].path)
            let found = (try? ZipArchive.entries(other))?.first { PathText.name(of: $0.path) == name }
            if let found { entries[index].bytes = found.bytes }
        default: change(&entries[index].bytes, Self.shape(of: entries[index]), &dice)
        }
        return try? ZipArchive.stored(entries)
    }

    private static func shape(of entry: ZipEntry) -> Format.Shape {
        if entry.path.hasSuffix(".json") { return .json }
        if entry.path.hasSuffix(".h5") || entry.path.hasSuffix(".pkl") { return .patched }
        if entry.bytes.starts(with: [0x50, 0x4B, 3, 4]) { return .archive }
        return .binary
    }
}

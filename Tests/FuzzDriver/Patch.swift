import TestSupport

/// Changes that leave the length of an input, so that places that it states stay right.
enum Patch {
    /// An integer or a floating-point number of one to eight bytes that is hardly ever met.
    static func number(_ bytes: inout [UInt8], _ dice: inout Dice) {
        let size = [1, 2, 4, 8][dice.roll(0...3)]
        guard bytes.count >= size else { return }
        let place = dice.roll(0...(bytes.count - size))
        let at = dice.chance(3) ? place : place / size * size
        let extremes: [UInt64] = [
            0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF,
            0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFF, UInt64(bytes.count), 1 << 20, 1 << 40,
            // Numbers of single and double precision: infinite, none, the largest and the smallest.
            0x7F80_0000, 0x7FC0_0000, 0x7F7F_FFFF, 0x0000_0001, 0x7FF0_0000_0000_0000, 0x7FEF_FFFF_FFFF_FFFF,
        ]
        var value = extremes[dice.roll(0...extremes.count - 1)]
        if dice.chance(4) { value = value &+ UInt64(dice.roll(0...16)) &- 8 }
        let isBig = dice.chance(4)
        for index in 0..<size {
            let shift = UInt64(8 * (isBig ? size - 1 - index : index))
            bytes[at + index] = UInt8(truncatingIfNeeded: value >> shift)
        }
    }

    /// A word, or the digits of a number, become others of the same length that stand somewhere else in the bytes, as
    /// the JSON within an HDF5 file or the names within a pickle have them.
    static func word(_ bytes: inout [UInt8], _ dice: inout Dice) {
        guard !bytes.isEmpty else { return }
        let start = dice.roll(0...bytes.count - 1)
        guard let word = word(in: bytes, from: start) else { return }
        if isDigit(bytes[word.lowerBound]) {
            for index in word { bytes[index] = UInt8(ascii: "0") + UInt8(dice.roll(0...9)) }
            return
        }
        var others: [Range<Int>] = []
        var at = 0
        while let next = self.word(in: bytes, from: at), others.count < 4000 {
            if next.count == word.count, next != word { others.append(next) }
            at = next.upperBound
        }
        guard !others.isEmpty else { return }
        bytes.replaceSubrange(word, with: Array(bytes[others[dice.roll(0...others.count - 1)]]))
    }

    /// The first run of letters, or of digits, from a place on.
    private static func word(in bytes: [UInt8], from start: Int) -> Range<Int>? {
        guard let first = bytes[start...].firstIndex(where: { isDigit($0) || isLetter($0) }) else { return nil }
        let kind = isDigit(bytes[first]) ? isDigit : isLetter
        let end = bytes[first...].firstIndex { !kind($0) } ?? bytes.count
        return first..<end
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool {
        (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_")
    }
}

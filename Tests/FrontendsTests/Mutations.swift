import TestSupport

extension [UInt8] {
    /// The bytes with some damage that follows from the seed: changed bytes, wild words, a cut, a repeated or a
    /// removed piece.
    func mutant(_ seed: Int) -> [UInt8] {
        var random = Dice(state: UInt64(seed))
        var bytes = self
        for _ in 0...Int.random(in: 0..<4, using: &random) where !bytes.isEmpty {
            let at = Int.random(in: bytes.indices, using: &random)
            let end = Swift.min(bytes.count, at + Int.random(in: 1...16, using: &random))
            switch Int.random(in: 0..<8, using: &random) {
            case 0: bytes.removeSubrange(at...)
            case 1: bytes.removeSubrange(at..<end)
            case 2: bytes.insert(contentsOf: bytes[at..<end], at: at)
            case 3: for index in at..<end { bytes[index] = 0xFF }
            case 4: for index in at..<end { bytes[index] = 0 }
            case 5: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            default: for index in at..<end { bytes[index] = UInt8.random(in: 0...255, using: &random) }
            }
        }
        return bytes
    }
}

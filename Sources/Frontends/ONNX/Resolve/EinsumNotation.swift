internal import Basics
internal import LayerKit

/// What equations of Einsum leave out, in letters.
enum EinsumNotation {
    private static let dot = UInt8(ascii: ".")

    /// before: `...ij,jk`; after: `abij,jk->abik`.
    ///
    /// Axes behind `...` go along with each other from the back; without an arrow the result has them first, and then
    /// every letter that stands there once, in the order of the alphabet.
    ///
    /// - Parameter ranks: how many axes each operand has.
    static func full(_ equation: String, ranks: [Int]) throws(LayerError) -> String {
        let sides = equation.substituting("-", with: "").parts(at: ">")
        let operands = (sides.first ?? "").parts(at: ",")
        guard sides.count <= 2, operands.count == ranks.count else { return equation }
        var counts: [Int] = []
        for (operand, rank) in zip(operands, ranks) {
            let letters = operand.utf8.count { $0 != dot }
            counts.append(operand.has(".") ? rank - letters : 0)
        }
        guard let most = counts.max(), counts.allSatisfy({ $0 >= 0 }) else {
            throw LayerError("'\(equation)' names more axes than there are", attribute: "equation")
        }
        let taken = Set(equation.utf8)
        let free = (Array(UInt8(ascii: "A")...UInt8(ascii: "Z")) + Array(UInt8(ascii: "a")...UInt8(ascii: "z")))
            .filter { !taken.contains($0) }
        guard free.count >= most else { return equation }
        let shared = Array(free.prefix(most))
        func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
        func filled(_ letters: String, _ count: Int) -> String {
            guard let place = letters.utf8.firstIndex(of: dot) else { return letters }
            let before = letters.utf8[..<place], behind = letters.utf8[place...].filter { $0 != dot }
            return text(Array(before) + shared.suffix(count) + behind)
        }
        let left = zip(operands, counts).map { filled($0, $1) }.joined(separator: ",") + "->"
        if sides.count == 2 { return left + filled(sides[1], most) }
        let letters = operands.joined().utf8.filter { $0 != dot }
        let once = Set(letters).filter { letter in letters.count(where: { $0 == letter }) == 1 }
        return left + text(shared + once.sorted())
    }
}

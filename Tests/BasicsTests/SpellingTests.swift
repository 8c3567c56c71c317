import Basics
import TestSupport
import Testing

@Suite struct SpellingTests {
    /// The definition, row by row: insertions, deletions, replacements, swaps of neighbours.
    private func distance(_ left: [Character], _ right: [Character]) -> Int {
        var rows = [Array(0...right.count)]
        for i in 0..<left.count {
            var row = [i + 1]
            for j in 0..<right.count {
                var value = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    value = min(value, rows[i - 1][j - 1] + 1)
                }
                row.append(value)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }

    private func plain(_ word: String, _ candidates: [String]) -> String? {
        let all = candidates.map { ($0, distance(Array(word.lowercased()), Array($0.lowercased()))) }
        guard let best = all.map(\.1).min(), best <= word.count / 3 else { return nil }
        return all.first { $0.1 == best }?.0
    }

    @Test func nearest() {
        #expect(Spelling.nearest(to: "reusse", in: ["strategy", "reuse"]) == "reuse")
        #expect(Spelling.nearest(to: "clokc", in: ["clock", "part"]) == "clock")
        #expect(Spelling.nearest(to: "zzz", in: ["clock", "part"]) == nil)
        // A word of two letters of which one is another is another word.
        #expect(Spelling.nearest(to: "c", in: ["gc"]) == nil && Spelling.nearest(to: "ia", in: ["io", "ip"]) == nil)
        #expect(Spelling.nearest(to: "IO", in: ["io", "ip"]) == "io")
    }

    @Test func isThePlainDefinition() {
        var dice = Dice(state: 3)
        func word() -> String {
            String((0..<dice.roll(0...9)).map { _ in Character(["a", "b", "c", "É", "_"][dice.roll(0...4)]) })
        }
        for _ in 0..<400 {
            let wanted = word(), candidates = (0..<dice.roll(0...6)).map { _ in word() }
            #expect(
                Spelling.nearest(to: wanted, in: candidates) == plain(wanted, candidates), "\(wanted) \(candidates)")
        }
    }

    @Test func longWordsAreNobodysSlip() {
        let long = String(repeating: "strategy", count: 1_000_000)
        #expect(Spelling.nearest(to: long, in: ["strategy"]) == nil)
        #expect(Spelling.nearest(to: "strateyg", in: [long, "strategy"]) == "strategy")
    }
}

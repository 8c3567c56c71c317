/// Help for misspelt words.
public enum Spelling {
    /// Longer words were never meant to be one of ours.
    static let lengthLimit = 128
    /// Of more candidates only the first are looked at: who has thousands of names is not helped by one of them.
    static let candidateLimit = 4096

    /// The candidate nearest to `word` by edit distance, ignoring case, if it is near enough to be what was meant: at
    /// most a third of the word's length of edits away. Ties go to the first candidate.
    public static func nearest<Candidates: Sequence<String>>(to word: String, in candidates: Candidates) -> String? {
        guard word.utf8.prefix(4 * lengthLimit + 1).count <= 4 * lengthLimit else { return nil }
        let target = Array(word.lowercased())
        guard target.count <= lengthLimit else { return nil }
        // What is not nearer than the best so far need not be told exactly.
        var bound = target.count / 3
        var best: String?
        for candidate in candidates.prefix(candidateLimit) {
            // A character has at least one byte and seldom more than four.
            guard candidate.utf8.count >= target.count - bound, candidate.utf8.count <= 8 * (target.count + bound)
            else {
                continue
            }
            let letters = Array(candidate.lowercased())
            guard let distance = editDistance(target, letters, atMost: bound) else { continue }
            best = candidate
            if distance == 0 { break }
            bound = distance - 1
        }
        return best
    }

    /// Insertions, deletions, replacements and swaps of neighbours, each one edit; nil for more than `limit`.
    ///
    /// Only places that lie at most so many letters apart are compared, which takes time in proportion to the shorter
    /// word and the limit.
    static func editDistance(_ left: [Character], _ right: [Character], atMost limit: Int) -> Int? {
        guard abs(left.count - right.count) <= limit else { return nil }
        let far = limit + 1
        var before: [Int] = []
        var last = (0...right.count).map { min($0, far) }
        for i in 0..<left.count {
            var row = [Int](repeating: far, count: right.count + 1)
            if i < limit { row[0] = i + 1 }
            var nearest = row[0]
            let first = max(0, i - limit), end = min(right.count, i + limit + 1)
            for j in first..<max(first, end) {
                let change = left[i] == right[j] ? 0 : 1
                var value = min(last[j + 1] + 1, row[j] + 1, last[j] + change)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    value = min(value, before[j - 1] + 1)
                }
                row[j + 1] = min(value, far)
                nearest = min(nearest, row[j + 1])
            }
            // A swap reaches two rows back, and is itself an edit.
            if nearest >= far, last.allSatisfy({ $0 >= far }) { return nil }
            before = last
            last = row
        }
        return last[right.count] <= limit ? last[right.count] : nil
    }
}

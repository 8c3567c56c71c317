/// The greedy search: time and again the pattern of two terms that saves most becomes an intermediate result, in all
/// sums that it stands in (R. I. Hartley's elimination of common subexpressions).
struct PatternSearch {
    private(set) var system: SumSystem
    private var table: PatternTable
    private var heap: PatternHeap
    /// The rows in which each part was seen; some may no longer have it.
    private var places: [[Int]]
    /// The sum of `2^depth` over the terms of each row.
    private var loads: [Int]
    private let weighing: Weighing
    /// What the search may still do: changes of counts and looks at terms.
    private(set) var work: Int

    init(_ system: SumSystem, _ weighing: Weighing, work: Int) {
        self.system = system
        self.weighing = weighing
        self.work = work
        places = system.parts.map { _ in [] }
        loads = system.rows.map { system.load($0) }
        var pairs = 0
        for row in system.rows where row.isOpen { pairs += row.terms.count * (row.terms.count - 1) / 2 }
        table = PatternTable(capacity: min(pairs, 1 << 18))
        heap = PatternHeap([])
        self.work -= pairs
        // Not even counted within the work: nothing is found then.
        if pairs > work { return }
        for (index, row) in system.rows.enumerated() where row.isOpen {
            for (at, term) in row.terms.enumerated() {
                for other in row.terms[..<at] { table.add(1, Pattern.key(term, other)) }
                if places[term.part].last != index { places[term.part].append(index) }
            }
        }
        var entries: [PatternHeap.Entry] = []
        table.forEachRepeated { key, count in
            entries.append(.init(score: weighing.score(Pattern(key: key), count, system), key: key, count: count))
        }
        heap = PatternHeap(entries)
    }

    /// Until nothing stands twice, or the work is done.
    mutating func run() {
        while work > 0, let entry = heap.pop() {
            let count = table.count(entry.key)
            guard count >= 2 else { continue }
            let pattern = Pattern(key: entry.key)
            if count == entry.count, pattern.first != pattern.second, growth(pattern) == 0 {
                // Nothing can stand in its way.
                extract(pattern, turned: pattern.subtracts && weighing.prefersTurned(pattern, system))
                continue
            }
            let plain = occurrences(pattern, turned: false)
            let turned = pattern.subtracts ? occurrences(pattern, turned: true) : 0
            // Of `a - b` and `b - a` the one that fits more often, or is cheaper; those who use it turn the sign.
            let isTurned = turned == plain ? weighing.prefersTurned(pattern, system) : turned > plain
            let possible = min(count, max(plain, turned))
            guard possible >= 2 else { continue }
            if possible < entry.count {
                let score = weighing.score(pattern, possible, system)
                heap.push(.init(score: score, key: entry.key, count: possible))
            } else {
                extract(pattern, turned: isTurned)
            }
        }
    }

    // MARK: - Where patterns stand

    /// Two terms of a row that make the pattern.
    private func firstOccurrence(_ pattern: Pattern, _ row: Row, excluding used: Set<Int> = []) -> (Int, Int)? {
        let terms = row.terms
        for i in terms.indices where terms[i].part == pattern.first && !used.contains(i) {
            let shift = terms[i].shift + pattern.shift, negative = terms[i].negative != pattern.subtracts
            for j in terms.indices
            where terms[j].part == pattern.second && terms[j].shift == shift && terms[j].negative == negative
                && i != j && !used.contains(j)
            {
                return (i, j)
            }
        }
        return nil
    }

    /// By how much more a tree is loaded when two of its terms become one.
    private func growth(_ pattern: Pattern) -> Int {
        let a = system.parts[pattern.first].depth, b = system.parts[pattern.second].depth
        return 1 << max(a, b) - 1 << min(a, b)
    }

    /// Whether a row keeps something that is not taken off when two of its terms become one.
    private func keepsPositive(_ row: Row, _ i: Int, _ j: Int, turned: Bool) -> Bool {
        if row.constant != 0 || row.terms[i].negative == turned { return true }
        if row.terms[i].negative, row.terms[j].negative { return true }
        return row.terms.indices.contains { $0 != i && $0 != j && !row.terms[$0].negative }
    }

    /// The rows that may hold both parts.
    private func candidates(_ pattern: Pattern) -> [Int] {
        let a = places[pattern.first], b = places[pattern.second]
        return a.count <= b.count ? a : b
    }

    /// How often the pattern can be replaced, by disjoint terms and within the depths that are allowed.
    private mutating func occurrences(_ pattern: Pattern, turned: Bool) -> Int {
        let growth = growth(pattern)
        var total = 0
        for index in candidates(pattern) where system.rows[index].isOpen {
            let row = system.rows[index]
            work -= row.terms.count
            var used: Set<Int> = []
            var load = loads[index]
            while load + growth <= row.room, let (i, j) = firstOccurrence(pattern, row, excluding: used) {
                used.insert(i)
                used.insert(j)
                guard keepsPositive(row, i, j, turned: turned) else { continue }
                load += growth
                total += 1
            }
        }
        return total
    }

    // MARK: - Replacing them

    private mutating func extract(_ pattern: Pattern, turned: Bool) {
        var (first, second) = system.terms(pattern)
        let depth = max(system.parts[pattern.first].depth, system.parts[pattern.second].depth) + 1
        if turned {
            first.negative.toggle()
            second.negative.toggle()
        }
        guard system.parts.count < Pattern.partLimit, let part = system.part([first, second], depth: depth) else {
            return
        }
        let new = system.parts.count, growth = growth(pattern)
        let rows = candidates(pattern)
        system.parts.append(part)
        system.rows.append(Row(terms: [first, second], part: new, bound: depth))
        loads.append(0)
        places.append([])
        var touched: [Pattern.Key] = []
        for index in rows {
            while system.rows[index].isOpen, loads[index] + growth <= system.rows[index].room,
                let (i, j) = firstOccurrence(pattern, system.rows[index]),
                keepsPositive(system.rows[index], i, j, turned: turned)
            {
                replace(index, i, j, by: new, turned: turned, below: min(0, pattern.shift), &touched)
                loads[index] += growth
            }
        }
        touched.sort()
        var previous: Pattern.Key?
        for key in touched where key != previous {
            previous = key
            let count = table.count(key)
            guard count >= 2 else { continue }
            let score = weighing.score(Pattern(key: key), count, system)
            if score > 0 { heap.push(.init(score: score, key: key, count: count)) }
        }
    }

    private mutating func replace(
        _ index: Int, _ i: Int, _ j: Int, by new: Int, turned: Bool, below: Int, _ touched: inout [Pattern.Key]
    ) {
        let terms = system.rows[index].terms
        let a = terms[i], b = terms[j]
        work -= 3 * terms.count
        for k in terms.indices where k != i && k != j {
            table.add(-1, Pattern.key(a, terms[k]))
            table.add(-1, Pattern.key(b, terms[k]))
        }
        table.add(-1, Pattern.key(a, b))
        // The lower of both stands unshifted in the new part.
        let term = Term(part: new, shift: a.shift + below, negative: a.negative != turned)
        var rest: [Term] = []
        rest.reserveCapacity(terms.count)
        for k in terms.indices where k != i && k != j { rest.append(terms[k]) }
        for other in rest {
            let key = Pattern.key(term, other)
            table.add(1, key)
            touched.append(key)
        }
        rest.append(term)
        system.rows[index].terms = rest
        system.rows[index].bits = nil
        if places[new].last != index { places[new].append(index) }
        if !system.rows[index].isOpen, rest.count == 2 { table.add(-1, Pattern.key(rest[0], rest[1])) }
    }
}

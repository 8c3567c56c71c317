extension SumSystem {
    /// The same sums without the intermediate results that `isInlined` names, without those that are used once or never,
    /// and with every other one at the least depth that it can have. Nil: a sum would get too deep.
    func inlining(_ isInlined: (Int) -> Bool) -> SumSystem? {
        var uses = [Int](repeating: 0, count: parts.count)
        for row in rows { for term in row.terms { uses[term.part] += 1 } }
        var result = self
        result.parts.removeSubrange(inputCount...)
        result.rows.removeAll(keepingCapacity: true)
        // What stands for each part: a part of the new system, or the terms that it consists of.
        var standIns = [[Term]?](repeating: nil, count: parts.count)
        for input in 0..<inputCount { standIns[input] = [Term(part: input, shift: 0, negative: false)] }
        var definitions: [Row] = []
        var known: [UInt64: Int] = [:]
        for input in 0..<inputCount { known[parts[input].hash] = input }
        for index in definitionOrder() {
            guard let part = rows[index].part else { continue }
            var row = rows[index]
            row.substitute(standIns)
            if uses[part] < 2 || row.terms.count < 2 || isInlined(part) {
                standIns[part] = row.terms
                continue
            }
            if let alike = result.equal(parts[part], known) {
                standIns[part] = [alike]
                continue
            }
            let load = result.load(row)
            row.bound = TreeDepth.fewest(load)
            var copy = parts[part]
            copy.depth = row.bound
            row.part = result.parts.count
            standIns[part] = [Term(part: result.parts.count, shift: 0, negative: false)]
            known[copy.hash] = result.parts.count
            result.parts.append(copy)
            definitions.append(row)
        }
        for var row in rows[..<outputCount] {
            row.substitute(standIns)
            guard result.load(row) <= row.room else { return nil }
            result.rows.append(row)
        }
        result.rows += definitions
        return result
    }

    /// The part among those with known hashes that is the same number, or its opposite.
    private func equal(_ part: Part, _ known: [UInt64: Int]) -> Term? {
        if let other = known[part.hash], parts[other].multiples == part.multiples {
            return Term(part: other, shift: 0, negative: false)
        }
        if let other = known[0 &- part.hash], parts[other].multiples == part.multiples.negated {
            return Term(part: other, shift: 0, negative: true)
        }
        return nil
    }

    /// The definitions that an output needs, each after those that it needs itself.
    private func definitionOrder() -> [Int] {
        var definition = [Int](repeating: -1, count: parts.count)
        for (index, row) in rows.enumerated() { if let part = row.part { definition[part] = index } }
        var order: [Int] = []
        var isListed = [Bool](repeating: false, count: parts.count)
        for output in rows[..<outputCount] {
            // A row, and the next of its terms to be looked at.
            var path = [(row: output, next: 0)]
            while let (row, next) = path.last {
                if next < row.terms.count {
                    path[path.count - 1].next += 1
                    let part = row.terms[next].part
                    if part >= inputCount, !isListed[part] {
                        isListed[part] = true
                        path.append((rows[definition[part]], 0))
                    }
                } else {
                    path.removeLast()
                    if let part = row.part { order.append(definition[part]) }
                }
            }
        }
        return order
    }
}

extension Row {
    /// Puts the terms that stand for a part in its place.
    fileprivate mutating func substitute(_ standIns: [[Term]?]) {
        var result: [Term] = []
        result.reserveCapacity(terms.count)
        var isChanged = false
        for term in terms {
            let standIn = standIns[term.part] ?? []
            if standIn.count != 1 { isChanged = true }
            for inner in standIn {
                result.append(
                    Term(
                        part: inner.part, shift: inner.shift + term.shift, negative: inner.negative != term.negative))
            }
        }
        terms = result
        if isChanged {
            combine()
            bits = nil
        }
    }

    /// Puts terms of the same part together where they are digits of the same place.
    private mutating func combine() {
        terms.sort { ($0.part, $0.shift) < ($1.part, $1.shift) }
        var index = 1
        while index < terms.count {
            let a = terms[index - 1], b = terms[index]
            guard index > 0, a.part == b.part, a.shift == b.shift else {
                index += 1
                continue
            }
            terms.remove(at: index)
            if a.negative != b.negative {
                terms.remove(at: index - 1)
                index = max(1, index - 1)
                continue
            }
            terms[index - 1].shift += 1
            // The doubled term may have a fellow among those that follow: they stay in order by trading places.
            if index < terms.count, terms[index].part == a.part, terms[index].shift == a.shift {
                terms.swapAt(index - 1, index)
            }
        }
    }
}

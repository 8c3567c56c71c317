/// The order in which one sum is added up: pairs that take few bits of carry chain first, within a depth.
struct ReductionTree {
    /// What is added: a shifted part, or the sum of two.
    struct Item {
        var values: IntegerInterval
        /// Bits of the word that holds the values.
        var width: Int
        var depth: Int
        /// Whether it is taken off, not added.
        var negative: Bool

        init(_ values: IntegerInterval, depth: Int, negative: Bool) {
            self.values = values
            width = values.width
            self.depth = depth
            self.negative = negative
        }
    }

    /// `left + right`, or `left - right`: items by number. Each is the next item.
    struct Merge {
        var left: Int
        var right: Int
        var subtracts: Bool
    }

    private(set) var items: [Item]
    private(set) var merges: [Merge] = []
    /// Bits of carry chain of all merges.
    private(set) var bits = 0
    /// What is not yet added to another.
    private var open: [Int]
    /// How many of them are added, not taken off.
    private var positives: Int
    private var load: Int
    private let room: Int
    private var best: [Choice]
    private let widthWeight: Int

    /// The partner of an item, and what it costs: bits of carry chain now, and the width that later additions have.
    private struct Choice {
        var partner: Int
        var price: Int
        /// Whether the positive one is taken off the negative one.
        var isTurned: Bool

        static let none = Choice(partner: -1, price: .max, isTurned: false)
    }

    /// Precondition: the items fit in the bound.
    init(_ items: [Item], bound: Int, widthWeight: Int) {
        self.items = items
        self.widthWeight = widthWeight
        open = Array(items.indices)
        positives = items.count { !$0.negative }
        load = items.reduce(0) { $0 + 1 << $1.depth }
        room = 1 << bound
        best = [Choice](repeating: .none, count: items.count)
        merges.reserveCapacity(items.count)
        self.items.reserveCapacity(2 * items.count)
        best.reserveCapacity(2 * items.count)
        mergeShallowest(until: Self.manyItems)
        for index in open { best[index] = cheapest(index) }
        while open.count > 1 {
            guard let index = open.min(by: { (best[$0].price, $0) < (best[$1].price, $1) }), best[index].partner >= 0
            else { preconditionFailure("of terms that fit in a depth, two fit in it as one") }
            merge(index, best[index])
        }
    }

    /// Of more items than this not every pair is looked at.
    private static let manyItems = 192

    /// Adds up the two items of least depth time and again, which always fits: alike ones first.
    private mutating func mergeShallowest(until count: Int) {
        guard open.count > count else { return }
        var level = open
        while open.count > count {
            level.sort { a, b in
                let x = items[a], y = items[b]
                return (x.depth, x.values.zeros, x.width, a) < (y.depth, y.values.zeros, y.width, b)
            }
            // Of the least depth in pairs; what is left over waits for the next level.
            let depth = items[level[0]].depth
            let shallow = level.prefix { items[$0].depth == depth }
            var next = Array(level.dropFirst(shallow.count))
            var rest = Array(shallow)[...]
            while rest.count > 1, open.count > count {
                next.append(combine(rest.removeFirst(), Choice(partner: rest.removeFirst(), price: 0, isTurned: false)))
            }
            if let last = rest.first, rest.count == 1, let partner = next.first, open.count > count {
                next[0] = combine(last, Choice(partner: partner, price: 0, isTurned: false))
                rest.removeFirst()
            }
            level = next + rest
        }
    }

    /// Adds up an item and its partner; the number of their sum.
    private mutating func combine(_ index: Int, _ choice: Choice) -> Int {
        let partner = choice.partner
        let (left, right, subtracts) = order(index, partner, isTurned: choice.isTurned)
        merges.append(Merge(left: left, right: right, subtracts: subtracts))
        let sum = sum(left, right, subtracts)
        bits += sum.bits
        let negative = subtracts ? choice.isTurned : items[index].negative
        let item = Item(sum.values, depth: depth(index, partner, sum.bits), negative: negative)
        load += 1 << item.depth - 1 << items[index].depth - 1 << items[partner].depth
        for gone in [index, partner] where !items[gone].negative { positives -= 1 }
        if !negative { positives += 1 }
        let new = items.count
        items.append(item)
        best.append(.none)
        open.removeAll { $0 == index || $0 == partner }
        open.append(new)
        return new
    }

    private mutating func merge(_ index: Int, _ choice: Choice) {
        let partner = choice.partner, new = combine(index, choice)
        for other in open where other != new {
            let known = best[other]
            // What went is no partner any more; what is too deep now, or turns the last positive item, neither.
            if known.partner == index || known.partner == partner || known.partner < 0 || !isPossible(other, known) {
                best[other] = cheapest(other)
            }
            let fresh = weighed(other, new)
            if fresh.price < best[other].price { best[other] = fresh }
        }
        best[new] = cheapest(new)
    }

    /// The operands of an addition or subtraction in order.
    @inline(__always)
    private func order(_ a: Int, _ b: Int, isTurned: Bool) -> (left: Int, right: Int, subtracts: Bool) {
        if items[a].negative == items[b].negative { return (min(a, b), max(a, b), false) }
        return items[a].negative == isTurned ? (a, b, true) : (b, a, true)
    }

    @inline(__always)
    private func sum(_ left: Int, _ right: Int, _ subtracts: Bool) -> (values: IntegerInterval, bits: Int) {
        let a = items[left].values, b = items[right].values
        let values = IntegerInterval(
            unchecked: subtracts ? (a.low - b.high, a.high - b.low) : (a.low + b.low, a.high + b.high),
            min(a.zeros, b.zeros))
        let bits = AdderCost.bits(a, items[left].width, b, items[right].width, subtract: subtracts, values.width)
        return (values, bits)
    }

    @inline(__always)
    private func depth(_ a: Int, _ b: Int, _ bits: Int) -> Int {
        max(items[a].depth, items[b].depth) + (bits > 0 ? 1 : 0)
    }

    /// Whether the choice is still allowed: neither too deep nor without anything positive left.
    private func isPossible(_ index: Int, _ choice: Choice) -> Bool {
        if choice.isTurned, positives == 1 { return false }
        let growth =
            1 << max(items[index].depth, items[choice.partner].depth)
            - 1 << min(items[index].depth, items[choice.partner].depth)
        return load + growth <= room
    }

    private func cheapest(_ index: Int) -> Choice {
        var found = Choice.none
        for other in open where other != index {
            let choice = weighed(index, other)
            if choice.price < found.price { found = choice }
        }
        return found
    }

    @inline(__always)
    private func weighed(_ index: Int, _ other: Int) -> Choice {
        let (left, right, subtracts) = order(index, other, isTurned: false)
        var choice = Choice(partner: other, price: price(left, right, subtracts), isTurned: false)
        if subtracts, positives > 1 {
            let turned = price(right, left, true)
            if turned < choice.price { choice = Choice(partner: other, price: turned, isTurned: true) }
        }
        return isPossible(index, choice) ? choice : .none
    }

    @inline(__always)
    private func price(_ left: Int, _ right: Int, _ subtracts: Bool) -> Int {
        let sum = sum(left, right, subtracts)
        return 4 * sum.bits + widthWeight * (sum.values.width - sum.values.zeros)
    }
}

extension ReductionTree {
    /// The cheapest of several trees.
    static func cheapest(_ items: [Item], bound: Int) -> ReductionTree {
        var best = ReductionTree(items, bound: bound, widthWeight: 2)
        guard items.count > 3 else { return best }
        for weight in [0, 1, 4] {
            let tree = ReductionTree(items, bound: bound, widthWeight: weight)
            if tree.bits < best.bits { best = tree }
        }
        return best
    }
}

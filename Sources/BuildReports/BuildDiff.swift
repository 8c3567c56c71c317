/// What differs between two sides.
public struct BuildDiff: Sendable {
    /// One difference; a side without the fact, or without the whole subject, has nil.
    public struct Difference: Hashable, Sendable {
        public var subject: String
        public var key: String
        public var old: String?
        public var new: String?

        /// How much it changed, for numbers.
        public var change: Double? {
            guard let old = old.flatMap(Double.init), let new = new.flatMap(Double.init) else { return nil }
            return new - old
        }
    }

    public var differences: [Difference] = []
    /// Measured or estimated on one side only: not built on the other, which is no difference.
    public var onlyOnce: [Difference] = []

    public init(_ old: DiffSide, _ new: DiffSide) {
        let names =
            old.subjects.map(\.name)
            + new.subjects.map(\.name).filter { name in
                !old.subjects.contains { $0.name == name }
            }
        for name in names {
            let before = old.subjects.first { $0.name == name }, after = new.subjects.first { $0.name == name }
            compare(name, before?.facts ?? [], after?.facts ?? [])
        }
    }

    private mutating func compare(_ subject: String, _ old: [DiffSide.Fact], _ new: [DiffSide.Fact]) {
        let after = Dictionary(new.map { ($0.key, $0) }) { first, _ in first }
        let known = Set(old.map(\.key))
        for fact in old + new.filter({ !known.contains($0.key) }) {
            let before = known.contains(fact.key) ? fact.value : nil
            let later = after[fact.key]?.value
            guard before != later else { continue }
            let difference = Difference(subject: subject, key: fact.key, old: before, new: later)
            if fact.isMeasured, before == nil || later == nil {
                onlyOnce.append(difference)
            } else {
                differences.append(difference)
            }
        }
    }
}

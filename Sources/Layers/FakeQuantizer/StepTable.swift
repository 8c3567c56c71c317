/// A monotone function of whole numbers that has few values: where it changes, and what it changes to.
struct StepTable: Hashable, Sendable {
    let low: Int64
    let high: Int64
    /// The value from `low` to the first change.
    let first: Double
    /// The first number of each further value, ascending.
    private(set) var changes: [Change] = []

    struct Change: Hashable, Sendable {
        var at: Int64
        var value: Double
    }

    /// Finds every change between two numbers by halving; nil where there are more than `limit`.
    init?(from low: Int64, to high: Int64, limit: Int, _ function: (Int64) -> Double) {
        self.low = low
        self.high = high
        first = function(low)
        guard search(low, first, high, function(high), limit, function) else { return nil }
    }

    /// - Returns: whether the changes are no more than `limit`.
    private mutating func search(
        _ low: Int64, _ lowValue: Double, _ high: Int64, _ highValue: Double, _ limit: Int,
        _ function: (Int64) -> Double
    ) -> Bool {
        if lowValue == highValue { return true }
        if high - low == 1 {
            changes.append(Change(at: high, value: highValue))
            return changes.count <= limit
        }
        let middle = low + (high - low) / 2, value = function(middle)
        return search(low, lowValue, middle, value, limit, function)
            && search(middle, value, high, highValue, limit, function)
    }

    var values: [Double] { [first] + changes.map(\.value) }

    /// Whether another monotone function is the same everywhere between `low` and `high`: it is where it is at both ends
    /// and on both sides of every change, since it lies between equal values everywhere else.
    func isSame(_ other: (Int64) -> Double) -> Bool {
        guard other(low) == first, other(high) == changes.last?.value ?? first else { return false }
        var before = first
        for change in changes {
            guard other(change.at) == change.value, other(change.at - 1) == before else { return false }
            before = change.value
        }
        return true
    }
}

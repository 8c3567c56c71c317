/// Patterns by their worth, the best first; among equals that of the lowest key.
struct PatternHeap {
    struct Entry {
        var score: Int64
        var key: Pattern.Key
        /// How often it stood in the sums when it was put here.
        var count: Int

        @inline(__always)
        func precedes(_ other: Entry) -> Bool {
            score != other.score ? score > other.score : key < other.key
        }
    }

    private var entries: [Entry] = []

    init(_ entries: [Entry]) {
        self.entries = entries
        for index in stride(from: entries.count / 2 - 1, through: 0, by: -1) { sink(index) }
    }

    mutating func push(_ entry: Entry) {
        var index = entries.count
        entries.append(entry)
        while index > 0, entry.precedes(entries[(index - 1) / 2]) {
            entries[index] = entries[(index - 1) / 2]
            index = (index - 1) / 2
        }
        entries[index] = entry
    }

    mutating func pop() -> Entry? {
        guard let first = entries.first, let last = entries.popLast() else { return nil }
        if !entries.isEmpty {
            entries[0] = last
            sink(0)
        }
        return first
    }

    private mutating func sink(_ start: Int) {
        var index = start
        let entry = entries[index]
        while 2 * index + 1 < entries.count {
            var child = 2 * index + 1
            if child + 1 < entries.count, entries[child + 1].precedes(entries[child]) { child += 1 }
            guard entries[child].precedes(entry) else { break }
            entries[index] = entries[child]
            index = child
        }
        entries[index] = entry
    }
}

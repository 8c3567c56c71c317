/// Places that are waited for, the lowest first: a binary heap.
struct Places {
    private var heap: [Int] = []

    mutating func insert(_ place: Int) {
        heap.append(place)
        var at = heap.count - 1
        while at > 0, heap[at] < heap[(at - 1) / 2] {
            heap.swapAt(at, (at - 1) / 2)
            at = (at - 1) / 2
        }
    }

    /// The lowest, which is taken out; nil if there is none.
    mutating func popFirst() -> Int? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        if heap.isEmpty { return first }
        heap[0] = last
        var at = 0
        while true {
            let children = (2 * at + 1..<2 * at + 3).clamped(to: 0..<heap.count)
            guard let least = children.min(by: { heap[$0] < heap[$1] }), heap[least] < heap[at] else { return first }
            heap.swapAt(at, least)
            at = least
        }
    }
}

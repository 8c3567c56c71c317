extension StreamGraph {
    /// For each edge the tokens that it must hold besides because the paths beside it may take longer than stated, 0
    /// where there is no path beside it: where paths part and meet again, one waits for the other.
    ///
    /// How long results stay in a process is decided by clock and part. Depths that suffice with none in any pipeline
    /// suffice always if every edge of such a region holds what all pipelines of a path may keep: the longest path of
    /// the region is taken. A pipeline keeps a sample at most, for it is empty at the sample's end; but what takes a
    /// sample in a single step is a pipeline for samples, which are in it one behind the other.
    func skew(_ order: [Int]) -> [Int] {
        let regions = regions()
        var longest: [Int: Double] = [:]
        var length = [Double](repeating: 0, count: processes.count)
        for index in order {
            let steps = Double(max(1, processes[index].stepCount))
            let held = Double(processes[index].uncertainty) / steps
            length[index] += processes[index].stepCount == 1 ? held : min(1, held)
            let region = regions[index]
            longest[region] = max(longest[region] ?? 0, length[index])
            for edge in edges where edge.writer == index && regions[edge.reader] == region {
                length[edge.reader] = max(length[edge.reader], length[index])
            }
        }
        return edges.map { edge in
            guard regions[edge.writer] == regions[edge.reader] else { return 0 }
            let held = (longest[regions[edge.writer]] ?? 0) * Double(tokens(edge))
            return held < Double(Bounded.limit) ? Int(held.rounded(.up)) : Bounded.limit
        }
    }

    /// For each process the region that it is in: two are in one if no single edge separates them.
    private func regions() -> [Int] {
        let neighbours = neighbours()
        let bridges = edges.indices.filter { index in
            let edge = edges[index]
            return Self.reached(from: edge.writer, neighbours, without: [index])[edge.reader] == false
        }
        let missing = Set(bridges)
        var region = [Int](repeating: -1, count: processes.count)
        for index in processes.indices where region[index] < 0 {
            for (other, isReached) in Self.reached(from: index, neighbours, without: missing).enumerated()
            where isReached {
                region[other] = index
            }
        }
        return region
    }

    /// For each process the edges that it has, and the processes at their other ends.
    private func neighbours() -> [[(edge: Int, process: Int)]] {
        var neighbours = [[(edge: Int, process: Int)]](repeating: [], count: processes.count)
        for (index, edge) in edges.enumerated() {
            neighbours[edge.writer].append((index, edge.reader))
            neighbours[edge.reader].append((index, edge.writer))
        }
        return neighbours
    }

    /// The processes that edges lead to, in either direction.
    private static func reached(
        from start: Int, _ neighbours: [[(edge: Int, process: Int)]], without missing: Set<Int>
    ) -> [Bool] {
        var reached = [Bool](repeating: false, count: neighbours.count)
        reached[start] = true
        var queue = [start]
        while let next = queue.popLast() {
            for other in neighbours[next] where !missing.contains(other.edge) && !reached[other.process] {
                reached[other.process] = true
                queue.append(other.process)
            }
        }
        return reached
    }
}

public import Streams

/// When a kernel that works through a padded plane, pixel by pixel, takes and gives tokens: it takes one at each pixel of
/// the input, and gives one where a window is complete.
public struct WindowTokens {
    private let plane: Plane

    public init(plane: Plane) { self.plane = plane }

    /// One pixel in each `interval` cycles; results leave up to `pipeline` pixels later.
    public func pipelined(interval: Int, pipeline: Int) -> TokenSchedule {
        schedule(pipeline: pipeline) { reads, writes in
            [.init(1, interval: interval, reads: reads ? .all : .none, writes: writes ? .all : .none)]
        }
    }

    /// One pixel after the other; a complete window is worked on for `compute` cycles, and up to `slack` more.
    public func inTurn(compute: Int, slack: Int) -> TokenSchedule {
        schedule(pipeline: 0) { reads, writes in
            let pixel = TokenSchedule.Steps(1, reads: reads ? .all : .none, slack: 8)
            return writes ? [pixel, .init(1, interval: compute, slack: slack), .init(1, writes: .all)] : [pixel]
        }
    }

    private func schedule(
        pipeline: Int, _ pixel: (_ reads: Bool, _ writes: Bool) -> [TokenSchedule.Steps]
    ) -> TokenSchedule {
        var rounds: [TokenSchedule.Round] = []
        func add(_ times: Int, _ steps: [TokenSchedule.Steps]) {
            if let last = rounds.last, last.steps == steps {
                rounds[rounds.count - 1].times += times
            } else if times > 0 {
                rounds.append(.init(times, steps))
            }
        }
        let kinds = [false, true].map { reads in [false, true].map { pixels(reads, $0, pixel) } }
        var row = 0
        while row < plane.paddedHeight {
            // Rows from one with windows to the next are a round of their own, several times over.
            let times = repeats(row)
            if plane.rows.stride > 1, times > 1 {
                let steps = (row..<row + plane.rows.stride).flatMap { merged(kinds, $0) }
                add(times, steps)
                row += times * plane.rows.stride
            } else {
                add(1, merged(kinds, row))
                row += 1
            }
        }
        return TokenSchedule(rounds, pipeline: pipeline)
    }

    private func isRead(_ row: Int) -> Bool {
        (plane.rows.pad.before..<plane.rows.pad.before + plane.height).contains(row)
    }

    private func isComplete(_ place: Int, _ window: Window, _ count: Int) -> Bool {
        let start = place - (window.extent - 1)
        return start >= 0 && start % window.stride == 0 && start / window.stride < count
    }

    private func merged(_ kinds: [[[TokenSchedule.Steps]]], _ row: Int) -> [TokenSchedule.Steps] {
        kinds[isRead(row) ? 1 : 0][isComplete(row, plane.rows, plane.outputHeight) ? 1 : 0]
    }

    /// How often the rows from this one on, as many as a stride, come again alike.
    private func repeats(_ row: Int) -> Int {
        let stride = plane.rows.stride
        var times = 0
        while row + (times + 1) * stride <= plane.paddedHeight {
            let alike = (0..<stride).allSatisfy { offset in
                let first = row + offset, other = first + times * stride
                return isRead(first) == isRead(other)
                    && isComplete(first, plane.rows, plane.outputHeight)
                        == isComplete(other, plane.rows, plane.outputHeight)
            }
            guard alike else { break }
            times += 1
        }
        return times
    }

    private func pixels(
        _ isRead: Bool, _ isComplete: Bool, _ pixel: (Bool, Bool) -> [TokenSchedule.Steps]
    ) -> [TokenSchedule.Steps] {
        var steps: [TokenSchedule.Steps] = []
        for column in 0..<plane.paddedWidth {
            let reads = isRead && (plane.columns.pad.before..<plane.columns.pad.before + plane.width).contains(column)
            let writes = isComplete && self.isComplete(column, plane.columns, plane.outputWidth)
            for step in pixel(reads, writes) {
                var one = step
                one.count = steps.last?.count ?? 1
                if let last = steps.last, last == one {
                    steps[steps.count - 1].count += 1
                } else {
                    steps.append(step)
                }
            }
        }
        return steps
    }
}

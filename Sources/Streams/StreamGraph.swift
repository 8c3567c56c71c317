/// Processes that run side by side, and the streams between them.
///
/// Streams that enter or leave the whole are not in it: what enters is always there, what leaves is always taken, which
/// is the hardest case for what lies between.
public struct StreamGraph: Hashable, Sendable {
    /// One FIFO: who writes it and who reads it.
    public struct Edge: Hashable, Sendable {
        /// Index of the process, and which of its outputs.
        public var writer: Int
        public var output: Int
        /// Index of the process, and which of its inputs.
        public var reader: Int
        public var input: Int

        public init(from writer: Int, output: Int = 0, to reader: Int, input: Int = 0) {
            self.writer = writer
            self.output = output
            self.reader = reader
            self.input = input
        }
    }

    public var processes: [TokenSchedule]
    public var edges: [Edge]

    public init(_ processes: [TokenSchedule], _ edges: [Edge]) {
        self.processes = processes
        self.edges = edges
    }

    /// Why the graph cannot be run whatever its depths are.
    public enum Fault: Error, Hashable, Sendable {
        /// An edge names a process that is not there.
        case noSuchProcess(edge: Int)
        /// A count is negative, or beyond all measure.
        case count(process: Int)
        /// A sample writes another number of tokens than it reads.
        case unbalanced(edge: Int, written: Int, read: Int)
        /// Processes that wait for each other.
        case cycle
    }

    /// The processes in an order in which each follows those that it reads from.
    func checkedOrder() throws(Fault) -> [Int] {
        for (index, edge) in edges.enumerated() {
            guard processes.indices.contains(edge.writer), processes.indices.contains(edge.reader) else {
                throw .noSuchProcess(edge: index)
            }
        }
        for (index, process) in processes.enumerated() where !process.isSound { throw .count(process: index) }
        for (index, edge) in edges.enumerated() {
            let written = processes[edge.writer].tokensWritten(edge.output)
            let read = processes[edge.reader].tokensRead(edge.input)
            if written != read { throw .unbalanced(edge: index, written: written, read: read) }
        }
        var waiting = [Int](repeating: 0, count: processes.count)
        for edge in edges { waiting[edge.reader] += 1 }
        var order = processes.indices.filter { waiting[$0] == 0 }
        var next = 0
        while next < order.count {
            for edge in edges where edge.writer == order[next] {
                waiting[edge.reader] -= 1
                if waiting[edge.reader] == 0 { order.append(edge.reader) }
            }
            next += 1
        }
        guard order.count == processes.count else { throw .cycle }
        return order
    }

    /// Tokens of a sample that pass an edge.
    func tokens(_ edge: Edge) -> Int { processes[edge.writer].tokensWritten(edge.output) }

    /// The same graph with every process at its fastest.
    public var fastest: StreamGraph { StreamGraph(processes.map(\.fastest), edges) }

    /// Cycles between two samples below which the slowest process cannot go.
    public var busiest: Int { max(1, processes.map(\.busy).max() ?? 1) }

    /// Processes on the longest path.
    func longestPath(_ order: [Int]) -> Int {
        var length = [Int](repeating: 1, count: processes.count)
        for index in order {
            for edge in edges where edge.writer == index {
                length[edge.reader] = max(length[edge.reader], length[index] + 1)
            }
        }
        return length.max() ?? 0
    }
}

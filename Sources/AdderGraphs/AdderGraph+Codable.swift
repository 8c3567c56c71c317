/// Lists of numbers, since graphs have thousands of nodes: `inputs` `[low, high, zeros]`, `sums`
/// `[left, right, shift, 0 | 1]` (1: minus), `outputs` `[]` for zero, else `[node, shift]`.
extension AdderGraph: Codable {
    private enum Key: String, CodingKey {
        case inputs, constants, sums, outputs
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(inputs.map { [$0.low, $0.high, Int64($0.zeros)] }, forKey: .inputs)
        try container.encode(constants, forKey: .constants)
        try container.encode(sums.map { [$0.left, $0.right, $0.shift, $0.subtracts ? 1 : 0] }, forKey: .sums)
        try container.encode(
            outputs.map { output -> [Int] in
                switch output {
                case .zero: []
                case .node(let node, let shift): [node, shift]
                }
            }, forKey: .outputs)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        func corrupt(_ key: Key) -> DecodingError {
            .dataCorruptedError(forKey: key, in: container, debugDescription: "no node of an adder graph")
        }
        let inputs = try container.decode([[Int64]].self, forKey: .inputs).map { list throws in
            guard list.count == 3, let interval = IntegerInterval(checking: list[0], list[1], list[2]) else {
                throw corrupt(.inputs)
            }
            return interval
        }
        let sums = try container.decode([[Int]].self, forKey: .sums).map { list throws in
            guard list.count == 4, list[2].magnitude < 62, list[3] == 0 || list[3] == 1 else { throw corrupt(.sums) }
            return Sum(left: list[0], right: list[1], shift: list[2], subtracts: list[3] == 1)
        }
        let outputs = try container.decode([[Int]].self, forKey: .outputs).map { list throws -> Output in
            if list.isEmpty { return .zero }
            guard list.count == 2, (0..<62).contains(list[1]) else { throw corrupt(.outputs) }
            return .node(list[0], shift: list[1])
        }
        do {
            try self.init(
                inputs: inputs, constants: container.decode([Int64].self, forKey: .constants), sums: sums,
                outputs: outputs)
        } catch is Failure {
            throw corrupt(.sums)
        }
    }
}

extension IntegerInterval {
    /// Nil where the numbers state no interval.
    fileprivate init?(checking low: Int64, _ high: Int64, _ zeros: Int64) {
        guard low <= high, -Self.limit <= low, high <= Self.limit, (0..<62).contains(zeros),
            low.trailingZeroBitCount >= zeros, high.trailingZeroBitCount >= zeros
        else { return nil }
        self.init(low: low, high: high, zeros: Int(zeros))
    }
}

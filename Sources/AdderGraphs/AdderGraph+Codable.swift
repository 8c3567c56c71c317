/// Lists of numbers as texts, since graphs have thousands of nodes: groups with commas between them. An input is
/// `low high zeros`, a sum `left right shift 0|1` (1: minus), an output `node shift`, or `-` for zero.
extension AdderGraph: Codable {
    private enum Key: String, CodingKey {
        case inputs, constants, sums, outputs
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(NumberGroups.text(inputs.map { [$0.low, $0.high, Int64($0.zeros)] }), forKey: .inputs)
        try container.encode(NumberGroups.text(constants.map { [$0] }), forKey: .constants)
        try container.encode(
            NumberGroups.text(
                sums.map { [Int64($0.left), Int64($0.right), Int64($0.shift), $0.subtracts ? 1 : 0] }), forKey: .sums)
        try container.encode(
            NumberGroups.text(
                outputs.map { output in
                    switch output {
                    case .zero: []
                    case .node(let node, let shift): [Int64(node), Int64(shift)]
                    }
                }), forKey: .outputs)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        func groups(_ key: Key, _ sizes: Set<Int>) throws -> [[Int64]] {
            guard let groups = NumberGroups.read(try container.decode(String.self, forKey: key), sizes) else {
                throw corrupt(key)
            }
            return groups
        }
        func corrupt(_ key: Key) -> DecodingError {
            .dataCorruptedError(forKey: key, in: container, debugDescription: "no list of an adder graph")
        }
        let inputs = try groups(.inputs, [3]).map { group throws in
            guard let interval = IntegerInterval(checking: group[0], group[1], group[2]) else { throw corrupt(.inputs) }
            return interval
        }
        let sums = try groups(.sums, [4]).map { group throws in
            guard group[2].magnitude < 62, group[3] == 0 || group[3] == 1 else { throw corrupt(.sums) }
            return Sum(left: Int(group[0]), right: Int(group[1]), shift: Int(group[2]), subtracts: group[3] == 1)
        }
        let outputs = try groups(.outputs, [0, 2]).map { group throws -> Output in
            if group.isEmpty { return .zero }
            guard (0..<62).contains(group[1]) else { throw corrupt(.outputs) }
            return .node(Int(group[0]), shift: Int(group[1]))
        }
        do {
            try self.init(
                inputs: inputs, constants: groups(.constants, [1]).map { $0[0] }, sums: sums, outputs: outputs)
        } catch is Failure {
            throw corrupt(.sums)
        }
    }
}

/// Groups of numbers as one text.
private enum NumberGroups {
    static func text(_ groups: [[Int64]]) -> String {
        groups.map { $0.isEmpty ? "-" : $0.map(String.init).joined(separator: " ") }.joined(separator: ", ")
    }

    /// Nil where a group is not as long as it may be.
    static func read(_ text: String, _ sizes: Set<Int>) -> [[Int64]]? {
        var groups: [[Int64]] = []
        for group in text.utf8.split(separator: UInt8(ascii: ",")) {
            var numbers: [Int64] = []
            for word in group.split(separator: UInt8(ascii: " ")) where word.elementsEqual("-".utf8) == false {
                guard let number = Int64(Substring(word)) else { return nil }
                numbers.append(number)
            }
            guard sizes.contains(numbers.count) else { return nil }
            groups.append(numbers)
        }
        return groups
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

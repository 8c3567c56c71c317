internal import Basics

/// How far the estimates are off where a synthesis report is known: the laws of this module applied to the layers of
/// public designs, beside what Vivado HLS 2018.2 to 2019.2.1 and Vitis HLS 2023.2 to 2024.2 reported for them.
///
/// What cannot be predicted: the depth of a pipeline on 7-series parts, whether a table becomes block RAM or logic,
/// anything in tool versions of which no such design is known. The blocks of unrolled constant weights depend on the
/// weights, which the table does not hold; published comparisons found them exact or within half a percent for 16-bit
/// data. And all this is what C synthesis *reports*: of its LUTs, Vivado's synthesis later needs 0.25 to 0.6.
public enum Calibration {
    /// A quantity of one kind of layer, over all rows of the table that state it.
    public struct Residual: Hashable, Sendable {
        public var structure: Structure
        public var quantity: Quantity
        /// Rows of the table.
        public var rows: Int
        /// Percent of the reported number, without sign. A reported 0 that was estimated as 0 is off by 0.
        public var median: Double
        public var worst: Double

        public init(_ structure: Structure, _ quantity: Quantity, rows: Int, median: Double, worst: Double) {
            self.structure = structure
            self.quantity = quantity
            self.rows = rows
            self.median = median
            self.worst = worst
        }
    }

    /// How a layer is built: one law each.
    public enum Structure: String, Hashable, Sendable, CaseIterable {
        /// Dense, every weight in the logic.
        case unrolled
        /// Dense, straight-line code with shared multipliers.
        case shared
        /// Dense, a loop over words of weights in memory.
        case loop
        /// The same from a stream, or within a convolution.
        case streamLoop = "stream_loop"
        case relu
        case reluStream = "relu_stream"
        case softmax
        case softmaxStream = "softmax_stream"
    }

    public enum Quantity: String, Hashable, Sendable, CaseIterable { case latency, interval, lut, ff, dsp, bram18 }

    /// One layer as a tool reported it.
    public struct Row: Sendable {
        public var structure: Structure
        public var target: Target
        public var reported: [Quantity: Int]
        private let numbers: [String: Int]

        /// - Parameter columns: the words of a line by the names of the table's columns.
        public init?(_ columns: [String: String]) {
            guard let structure = columns["structure"].flatMap(Structure.init(rawValue:)),
                let tool = columns["tool"].flatMap(Target.Tool.init(rawValue:)),
                let period = columns["clock"].flatMap(Double.init)
            else { return nil }
            let families: [String: Target.Family] = [
                "series7": .series7, "ultraScale": .ultraScale, "ultraScalePlus": .ultraScalePlus,
            ]
            guard let family = columns["family"].flatMap({ families[$0] }) else { return nil }
            self.structure = structure
            target = Target(tool: tool, family: family, period: period)
            numbers = columns.compactMapValues { Int($0) }
            reported = [:]
            for quantity in Quantity.allCases { reported[quantity] = numbers[quantity.rawValue] }
        }

        private func number(_ name: String) -> Int { numbers[name] ?? 0 }

        /// The layer by this module's laws.
        public var estimate: Estimate {
            switch structure {
            case .unrolled: return dense(holdsInputs: true).unrolled(target)
            case .shared: return dense(holdsInputs: true).shared(target)
            case .loop, .streamLoop:
                let law = dense(holdsInputs: structure == .loop)
                return law.loop(
                    target, wordBits: law.multipliers * law.weightBits, rewinds: structure == .loop, inBlocks: true)
            case .relu: return rectifier.element(target).copies(number("n_in"))
            case .reluStream:
                let groups = max(1, number("groups"))
                return rectifier.stream(channels: number("n_in") / groups, groups: groups, target)
            case .softmax: return softmax
            case .softmaxStream:
                var result = ElementwiseSchedule.stream(groups: 1, depth: softmax.latency, target)
                result.occupy(softmax)
                return result
            }
        }

        private func dense(holdsInputs: Bool) -> DenseLaw {
            DenseLaw(
                inputs: number("n_in"), outputs: number("n_out"), reuse: max(1, number("reuse")),
                nonZero: number("non_zero"), dataBits: number("data"), weightBits: number("weight"),
                accumBits: number("accum"), holdsInputs: holdsInputs)
        }

        private var rectifier: ReLULaw {
            ReLULaw(dataBits: number("data"), resultBits: number("result"), resultSigned: number("signed") == 1)
        }

        /// With tables of 1024 entries, of which an index of few bits reaches fewer.
        private var softmax: Estimate {
            let classes = number("n_in"), width = number("weight")
            let law = SoftmaxLaw(
                classes: classes, dataBits: number("data"), accumBits: number("accum"), resultBits: number("result"))
            var estimate = law.schedule(target)
            estimate.dsp = law.blocks(number("accum"), width, target)
            let entries = min(1024, 1 << min(20, number("data")))
            let blocks = Memory.blocks(depth: entries, bits: width)
            estimate.bram18 = blocks * (Count.ratio(classes, 2) + 1)
            return estimate
        }
    }

    /// The residuals of rows, in the order of structures and quantities.
    public static func residuals(of rows: [Row]) -> [Residual] {
        var result: [Residual] = []
        for structure in Structure.allCases {
            let rows = rows.filter { $0.structure == structure }
            for quantity in Quantity.allCases {
                let errors = rows.compactMap { row in
                    row.reported[quantity].map { percent(row.estimate[quantity], $0) }
                }.sorted()
                guard let worst = errors.last else { continue }
                let middle = errors.count / 2
                let median = errors.count % 2 == 1 ? errors[middle] : (errors[middle - 1] + errors[middle]) / 2
                result.append(Residual(structure, quantity, rows: errors.count, median: median, worst: worst))
            }
        }
        return result
    }

    private static func percent(_ estimated: Int, _ reported: Int) -> Double {
        if estimated == reported { return 0 }
        return abs(Double(estimated) - Double(reported)) / max(1, Double(reported)) * 100
    }
}

extension Estimate {
    public subscript(quantity: Calibration.Quantity) -> Int {
        switch quantity {
        case .latency: latency
        case .interval: interval
        case .lut: lut
        case .ff: ff
        case .dsp: dsp
        case .bram18: bram18
        }
    }
}

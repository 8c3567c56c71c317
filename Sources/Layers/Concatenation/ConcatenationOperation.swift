public import FixedPoint
public import LayerKit

/// Two tensors behind each other along an axis, every element cast to its type in the result.
public struct ConcatenationOperation: DesignOperation {
    public var axis: Int
    /// The types of the result's elements: one for all, or types that hold each element as it is.
    public var resultType: ElementTypes

    public init(axis: Int, resultType: ElementTypes) {
        self.axis = axis
        self.resultType = resultType
    }

    public static let key = "concatenation"
    public static let kernels: Set<String> = ["concatenate"]
    public var results: [ElementTypes] { [resultType] }
    public var rtl: RTLForm { .unwritten }
    public var summary: OperationSummary { OperationSummary("concatenate") }

    /// Of each tensor, how many elements follow each other in the result.
    func runs(_ site: OperationSite) -> [Int] { site.inputs.map { $0.shape[axis...].reduce(1, *) } }

    /// How often such a run of each tensor follows.
    func blocks(_ site: OperationSite) -> Int { site.output.shape[..<axis].reduce(1, *) }

    public func wordBits(_ site: OperationSite) -> Int {
        let storage = resultType.storage
        return max(storage.width + 1, site.inputs.map { $0.type.bitsToCast(to: storage) }.max() ?? 0)
    }

    public func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let runs = runs(site), blocks = blocks(site)
        // What has a type of its own is an element as it came: only the last place that is counted in differs.
        let casts = site.inputs.map { Cast<W>(fromFraction: $0.type.fraction, to: resultType.storage) }
        return { inputs, outputs in
            var output = outputs[0]
            for block in 0..<blocks {
                for (place, run) in runs.enumerated() {
                    casts[place].apply(inputs[place] + block * run, output, count: run)
                    output += run
                }
            }
        }
    }
}

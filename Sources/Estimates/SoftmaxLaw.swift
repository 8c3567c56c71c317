internal import Basics

/// What a softmax over tables costs by its shape.
public struct SoftmaxLaw {
    var classes: Int
    var dataBits: Int
    var accumBits: Int
    var resultBits: Int
    var findsMaximum: Bool

    public init(classes: Int, dataBits: Int, accumBits: Int, resultBits: Int, findsMaximum: Bool = true) {
        self.classes = classes
        self.dataBits = dataBits
        self.accumBits = accumBits
        self.resultBits = resultBits
        self.findsMaximum = findsMaximum
    }

    /// One vector, in an array; without memories and blocks.
    public func schedule(_ target: Target) -> Estimate {
        let levels = Count.levels(classes)
        let maximum = findsMaximum ? 3 * dataBits : 0
        return Estimate(
            latency: max(1, levels + (target.period > 4 ? 1 : 1 + levels / 2)), interval: 1,
            lut: Count.times(classes, maximum + accumBits + 2 * resultBits),
            ff: Count.times(classes, 20 + Count.rounded(1.6 * Double(dataBits))))
    }

    /// The products of the exponentials with the reciprocal, of so many bits with their signs.
    public func blocks(_ exponential: Int, _ reciprocal: Int, _ target: Target) -> Int {
        Multiplier.blocks(exponential, reciprocal, count: classes, target.family)
    }
}

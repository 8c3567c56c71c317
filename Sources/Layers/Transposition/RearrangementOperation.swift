internal import Basics
public import FixedPoint
public import LayerKit

/// Elements of a tensor in another order, some of them once, several times or not at all: what transposes, slices and
/// gathers.
///
/// The element at place `i, j, ...` of the result is the one at `offsets[0][i] + offsets[1][j] + ...` of what comes in,
/// row-major.
public struct RearrangementOperation: DesignOperation {
    /// For each axis of the result, how far each of its places leads.
    public var offsets: [[Int]]
    /// The types of the result's elements: one for all, or those of the elements as they come in.
    public var resultType: ElementTypes

    public init(offsets: [[Int]], resultType: ElementTypes) {
        self.offsets = offsets
        self.resultType = resultType
    }

    public static let key = "rearrangement"
    public static let kernels: Set<String> = ["rearrange"]
    public var results: [ElementTypes] { [resultType] }
    public var rtl: RTLForm { .unwritten }
    public var summary: OperationSummary { OperationSummary("rearrangement") }

    public var shape: Shape { offsets.map(\.count) }

    /// Where each element of the result comes from, row-major.
    public var places: [Int] { Self.places(offsets) }

    static func places(_ offsets: [[Int]]) -> [Int] {
        Strides(offsets.map(\.count)).map { index in zip(offsets, index).reduce(0) { Count.plus($0, $1.0[$1.1]) } }
    }

    public func wordBits(_ site: OperationSite) -> Int {
        max(resultType.storage.width + 1, site.input.type.bitsToCast(to: resultType.storage))
    }

    public func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let places = places
        // What has a type of its own is an element as it came: only the last place that is counted in differs.
        let cast = Cast<W>(fromFraction: site.input.type.fraction, to: resultType.storage)
        return { inputs, outputs in
            let input = inputs[0], output = outputs[0]
            for (index, place) in places.enumerated() { output[index] = cast(input[place]) }
        }
    }
}

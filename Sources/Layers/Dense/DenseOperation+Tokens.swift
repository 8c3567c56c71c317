public import LayerKit
public import Streams

extension DenseOperation {
    /// All of a vector in, the products, the result out as one token; then the next vector.
    public func tokens(_ site: HLSSite) -> TokenSchedule {
        let n = max(1, inputCount)
        let levels = Int.bitWidth - n.leadingZeroBitCount
        // A product and the sum's tree: reports at 5 ns show 1 to 11 cycles, by the part.
        return .gather(
            max(1, n / site.channels()), compute: max(1, reuse), slack: 24 + 2 * levels, times: site.count() / n)
    }
}

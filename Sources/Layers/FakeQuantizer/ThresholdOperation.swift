public import FixedPoint
public import LayerKit

/// A step function: `y = values[k]`, k being how many of the thresholds of its channel an element reaches.
///
/// What every monotone function with few values is, whatever arithmetic it was trained in: a sign, a ternary step, a
/// quantiser behind a scale.
public struct ThresholdOperation: DesignOperation {
    public var resultType: FixedType
    /// Shape (channels, steps), ascending in each row; one channel: all elements have the same.
    public var thresholds: QuantizedTensor
    /// Shape (rows, steps + 1), in units of the result's last place: one row for all channels, or one for each.
    public var values: QuantizedTensor

    public static let key = "threshold"
    public static let kernels: Set<String> = ["threshold_steps"]
    public var results: [ElementTypes] { [.uniform(resultType)] }
    public var rtl: RTLForm { .unwritten }
    public var summary: OperationSummary { OperationSummary("threshold", weight: thresholds.types) }

    public var channels: Int { thresholds.shape[0] }
    public var steps: Int { thresholds.shape[1] }
    /// Rows of values.
    var rows: Int { values.shape[0] }

    public func wordBits(_ site: OperationSite) -> Int {
        let input = site.input.type, limit = thresholds.type
        return max(input.integer, limit.integer) + max(input.fraction, limit.fraction) + 2
    }

    public func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let count = site.input.count, channels = channels, steps = steps, rows = rows
        let fraction = max(site.input.type.fraction, thresholds.type.fraction)
        let lift = W(fraction - site.input.type.fraction)
        let limits = thresholds.raw.map { W($0) << W(fraction - thresholds.type.fraction) }
        let cast = Cast<W>(fromFraction: values.type.fraction, to: resultType)
        let results = values.raw.map { cast(W($0)) }
        return { inputs, outputs in
            let input = inputs[0], output = outputs[0]
            for index in 0..<count {
                let channel = index % channels, x = input[index] << lift
                var low = channel * steps, high = low + steps
                while low < high {
                    let middle = (low + high) / 2
                    if x >= limits[middle] { low = middle + 1 } else { high = middle }
                }
                output[index] = results[(rows == 1 ? 0 : channel) * (steps + 1) + low - channel * steps]
            }
        }
    }
}

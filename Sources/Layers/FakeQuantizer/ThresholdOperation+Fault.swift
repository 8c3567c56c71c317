public import LayerKit

extension ThresholdOperation {
    public func fault(_ site: OperationSite) -> String? {
        guard thresholds.shape.count == 2, channels > 0, steps > 0, thresholds.raw.count == channels * steps,
            values.shape.count == 2, rows == 1 || rows == channels, values.raw.count == rows * (steps + 1)
        else { return "has thresholds of shape \(thresholds.shape) and values of shape \(values.shape)" }
        guard channels == 1 || site.input.shape.last == channels || site.input.count == channels,
            site.input.count == site.output.count
        else { return "makes \(site.output.shape) of \(site.input.shape) with thresholds for \(channels) channels" }
        for channel in 0..<channels {
            let row = thresholds.raw[channel * steps..<(channel + 1) * steps]
            guard zip(row, row.dropFirst()).allSatisfy({ $0 <= $1 }) else {
                return "has thresholds that do not ascend in channel \(channel)"
            }
        }
        return nil
    }
}

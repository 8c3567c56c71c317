public import LayerKit

extension BatchNormalizationOperation {
    public func fault(_ site: OperationSite) -> String? {
        guard channels > 0, bias.raw.count == channels, site.input.shape.last == channels,
            site.output.count == site.input.count
        else { return "normalises \(site.input.shape) with \(channels) factors and \(bias.raw.count) offsets" }
        return nil
    }
}

internal import LayerKit

extension Reshape {
    /// Class `Reshape`: `target_shape`, without the batch axis.
    static func fromKeras(_ site: ImportSite) throws(LayerError) -> Reshape {
        try site.expectAttributes("target_shape")
        guard let target = try site.integers("target_shape") else {
            throw LayerError("target_shape is missing", attribute: "target_shape")
        }
        var count = 1
        for size in target where size != -1 {
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            guard !overflow, (1...ImportSite.elementLimit).contains(product) else {
                throw LayerError("target_shape \(target) is not a shape", attribute: "target_shape")
            }
            count = product
        }
        return Reshape(target: target)
    }

    /// Class `Flatten`: the elements in the order in which they lie, the last axis fastest.
    static func fromKerasFlatten(_ site: ImportSite) throws(LayerError) -> Reshape {
        try site.expectAttributes("data_format")
        try site.expectChannelsLast()
        return .flatten
    }
}

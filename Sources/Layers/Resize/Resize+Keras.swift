internal import Basics
internal import LayerKit

extension Resize {
    static var kerasImports: [ImportRule] {
        [1, 2, 3].map { rank in
            ImportRule(.keras, "UpSampling\(rank)D") { site throws(LayerError) in
                try site.expectAttributes("size", "data_format", "interpolation")
                try site.expectChannelsLast()
                let factors = try site.perAxis("size", rank, default: [2]) + [1]
                let name = try site.text("interpolation") ?? "nearest"
                let kind: Kind
                switch name {
                case "nearest": kind = .nearest(.floor)
                case "bilinear": kind = .linear
                default:
                    throw LayerError(
                        "interpolation '\(name)' is not supported", attribute: "interpolation",
                        help: "those that are: 'nearest', 'bilinear'")
                }
                let shape = site.input ?? factors
                guard shape.count == factors.count else {
                    throw LayerError("the input has shape \(shape), expected \(rank) axes and channels")
                }
                return Resize(
                    sizes: zip(shape, factors).map { Count.times($0, $1) }, kind: kind,
                    coordinates: name == "nearest" ? .asymmetric : .halfPixel)
            }
        }
    }
}

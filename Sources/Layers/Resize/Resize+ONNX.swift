internal import Basics
internal import LayerKit

extension Resize {
    /// The operators of ONNX that are this layer.
    static var onnxImports: [ImportRule] {
        [
            ImportRule(.onnx, "Resize", read: fromONNX)
        ]
    }

    /// Operator `Resize`, with sizes, or scales too, for every axis, that of the samples first.
    static func fromONNX(_ site: ImportSite) throws(LayerError) -> Resize {
        try site.expectAttributes("sizes", "scales", "mode", "coordinate_transformation_mode", "nearest_mode")
        let mode = try site.text("mode") ?? "nearest"
        let place = try site.text("coordinate_transformation_mode") ?? "half_pixel"
        let nearest = try site.text("nearest_mode") ?? "round_prefer_floor"
        let roundings: [String: Rounding] = [
            "floor": .floor, "ceil": .ceil, "round_prefer_floor": .roundPreferFloor,
            "round_prefer_ceil": .roundPreferCeil,
        ]
        let places: [String: Coordinates] = [
            "half_pixel": .halfPixel, "pytorch_half_pixel": .pytorchHalfPixel, "align_corners": .alignCorners,
            "asymmetric": .asymmetric,
        ]
        guard let coordinates = places[place] else {
            throw LayerError(
                "coordinate_transformation_mode '\(place)' is not supported",
                attribute: "coordinate_transformation_mode", help: places.keys.sorted().joined(separator: ", ") + " are"
            )
        }
        let kind: Kind
        switch mode {
        case "nearest":
            guard let rounding = roundings[nearest] else {
                throw LayerError("nearest_mode '\(nearest)' is not supported", attribute: "nearest_mode")
            }
            kind = .nearest(rounding)
        case "linear", "bilinear": kind = .linear
        default:
            throw LayerError("mode '\(mode)' is not supported", attribute: "mode", help: "nearest and linear are")
        }
        let scales = site.attributes["scales"]?.arrayValue?.compactMap(\.numberValue).dropFirst()
        return Resize(
            sizes: Array(try (site.integers("sizes") ?? []).dropFirst()), scales: scales.map(Array.init), kind: kind,
            coordinates: coordinates)
    }
}

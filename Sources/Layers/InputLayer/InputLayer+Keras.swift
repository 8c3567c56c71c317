internal import Basics
internal import LayerKit

extension InputLayer {
    /// Class `InputLayer`: `batch_input_shape` with the batch axis first, which may have any size.
    static func fromKeras(_ site: ImportSite) throws(LayerError) -> InputLayer {
        try site.expectAttributes("batch_input_shape", "sparse", "ragged", "optional")
        for name in ["sparse", "ragged"] where try site.flag(name, default: false) {
            throw LayerError("\(name) inputs are not supported", attribute: name, help: "use a dense input")
        }
        if try site.flag("optional", default: false) {
            throw LayerError(
                "optional inputs are not supported", attribute: "optional", help: "build the model with every input")
        }
        return InputLayer(shape: try kerasShape(site))
    }

    /// The shape without the batch axis that any first layer of a model states.
    static func kerasShape(_ site: ImportSite) throws(LayerError) -> Shape {
        guard let written = site.attributes["batch_input_shape"], let sizes = written.arrayValue, !sizes.isEmpty else {
            throw LayerError(
                "no input shape is stated", attribute: "batch_input_shape",
                help: "build the model with an input shape before saving it")
        }
        var shape: Shape = []
        var count = 1
        for size in sizes.dropFirst() {
            guard let size = size.integerValue, size > 0 else {
                throw LayerError(
                    "the input shape \(written.summary) leaves a size open", attribute: "batch_input_shape",
                    help: "firmware has fixed sizes: every axis but the first (the batch) needs a number")
            }
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            guard !overflow, product <= ImportSite.elementLimit else {
                throw LayerError("the input shape \(written.summary) is too large", attribute: "batch_input_shape")
            }
            count = product
            shape.append(size)
        }
        return shape
    }
}

internal import Basics
internal import LayerKit
internal import Layers

/// The layer classes of Keras 2 that are read, and the room that reads each.
enum KerasClass: String, CaseIterable {
    case inputLayer = "InputLayer"
    case dense = "Dense"
    case batchNormalization = "BatchNormalization"
    case activation = "Activation"
    case relu = "ReLU"
    case leakyReLU = "LeakyReLU"
    case thresholdedReLU = "ThresholdedReLU"
    case elu = "ELU"
    case prelu = "PReLU"
    case softmax = "Softmax"
    case flatten = "Flatten"
    case reshape = "Reshape"
    case dropout = "Dropout"
    case spatialDropout1D = "SpatialDropout1D"
    case spatialDropout2D = "SpatialDropout2D"
    case spatialDropout3D = "SpatialDropout3D"
    case alphaDropout = "AlphaDropout"
    case gaussianDropout = "GaussianDropout"
    case gaussianNoise = "GaussianNoise"
    case activityRegularization = "ActivityRegularization"

    /// The layer that a site describes.
    func layer(_ site: KerasSite) throws(LayerError) -> Layer {
        switch self {
        case .inputLayer: .input(try .fromKeras(site))
        case .dense: .dense(try .fromKeras(site))
        case .batchNormalization: .batchNormalization(try .fromKeras(site))
        case .activation: try KerasActivation.fromLayer(site)
        case .relu: .rectifier(try .fromKerasReLU(site))
        case .leakyReLU: .rectifier(try .fromKerasLeakyReLU(site))
        case .thresholdedReLU: .rectifier(try .fromKerasThresholdedReLU(site))
        case .elu: .exponentialUnit(try .fromKeras(site))
        case .prelu: .rectifier(try .fromKerasPReLU(site))
        case .softmax: .softmax(try .fromKeras(site))
        case .flatten: .reshape(try .fromKerasFlatten(site))
        case .reshape: .reshape(try .fromKeras(site))
        case .dropout, .spatialDropout1D, .spatialDropout2D, .spatialDropout3D, .alphaDropout, .gaussianDropout,
            .gaussianNoise, .activityRegularization:
            .dropout(try .fromKeras(site))
        }
    }

    /// Whether the class takes an `activation` that becomes a node of its own behind it.
    var hasInlineActivation: Bool {
        switch self {
        case .dense: true
        case .inputLayer, .batchNormalization, .activation, .relu, .leakyReLU, .thresholdedReLU, .elu, .prelu,
            .softmax, .flatten, .reshape, .dropout, .spatialDropout1D, .spatialDropout2D, .spatialDropout3D,
            .alphaDropout, .gaussianDropout, .gaussianNoise, .activityRegularization:
            false
        }
    }

    /// Whether an object of the class may stand where an activation is asked for.
    var isActivation: Bool {
        switch self {
        case .activation, .relu, .leakyReLU, .thresholdedReLU, .elu, .softmax: true
        // PReLU has weights, which an inline activation has nowhere to keep by name.
        case .inputLayer, .dense, .batchNormalization, .prelu, .flatten, .reshape, .dropout, .spatialDropout1D,
            .spatialDropout2D, .spatialDropout3D, .alphaDropout, .gaussianDropout, .gaussianNoise,
            .activityRegularization:
            false
        }
    }

    /// Why a class is not read.
    static func refusal(_ name: String) -> LayerError {
        if nested.contains(name) {
            return LayerError(
                "a nested model (class \(name)) is not read yet", help: "rebuild the model with its layers at one level"
            )
        }
        if name == "PruneLowMagnitude" {
            return LayerError(
                "a pruning wrapper (PruneLowMagnitude) is not read",
                help: "save the model after tfmot.sparsity.keras.strip_pruning(model)")
        }
        // QKeras' classes are Keras' own with a Q in front.
        if name.first == "Q", name.dropFirst().first?.isUppercase == true {
            return LayerError("class \(name) (QKeras) is not read yet", help: known)
        }
        let near = Spelling.nearest(to: name, in: allCases.map(\.rawValue))
        return LayerError(
            "class \(name) is not read yet", help: (near.map { "did you mean '\($0)'? " } ?? "") + known)
    }

    private static let nested: Set<String> = ["Sequential", "Functional", "Model"]

    private static var known: String {
        "classes that are read: " + allCases.map(\.rawValue).joined(separator: ", ")
    }
}

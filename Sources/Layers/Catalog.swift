public import LayerKit

/// Every layer there is, one line each: what a Model can hold, and through their operations what a Design can.
public enum Catalog {
    public static let layers: [any ModelLayer.Type] = [
        InputLayer.self,
        Dense.self,
        BatchNormalization.self,
        Linear.self,
        ReLU.self,
        ELU.self,
        TableActivation.self,
        HardSigmoid.self,
        Softmax.self,
        Reshape.self,
        Dropout.self,
    ]

    /// By the names in a Model's JSON.
    static let layersByKey: [String: any ModelLayer.Type] =
        Dictionary(layers.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })

    /// By the names in a Design's JSON.
    static let operationsByKey: [String: any DesignOperation.Type] =
        Dictionary(layers.flatMap { $0.operations }.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
}

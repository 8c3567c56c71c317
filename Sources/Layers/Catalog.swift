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
        FakeQuantizer.self,
        Convolution.self,
        TransposedConvolution.self,
        Pooling.self,
        Reduction.self,
        Merge.self,
        Einsum.self,
        Unary.self,
        Concatenation.self,
        Transposition.self,
        Slice.self,
        Gather.self,
        Padding.self,
        Resize.self,
        ConstantTensor.self,
        TimeDistributed.self,
        Recurrent.self,
        LayerNormalization.self,
        Embedding.self,
        QuantizedActivation.self,
        GarNet.self,
    ]

    /// How the rooms read the ops of every format, in the order of the catalogue.
    public static let rules: [ImportRule] = layers.flatMap { $0.imports }

    private static let rulesByKey = Dictionary(rules.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })

    /// How an op is read; nil where no room reads it.
    public static func rule(_ key: ImportKey) -> ImportRule? { rulesByKey[key] }

    /// What a node of a Model can be.
    public enum Layers: CatalogTable {
        private static let kinds = byKey(layers)

        public static func kind(_ key: String) -> (any CatalogEntry.Type)? { kinds[key] }
        public static func entry(_ definition: any ModelLayer) -> any CatalogEntry { definition }
    }

    /// What a node of a Design can compute.
    public enum Operations: CatalogTable {
        private static let kinds = byKey(layers.flatMap { $0.operations })

        public static func kind(_ key: String) -> (any CatalogEntry.Type)? { kinds[key] }
        public static func entry(_ definition: any DesignOperation) -> any CatalogEntry { definition }
    }

    private static func byKey(_ kinds: [any CatalogEntry.Type]) -> [String: any CatalogEntry.Type] {
        Dictionary(kinds.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

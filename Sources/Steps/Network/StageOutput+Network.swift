public import Layers

extension StageOutput {
    /// A network of a stage: a readable document, and the numbers of its tensors.
    fileprivate init(_ stage: StageName, document: String, tensors: String) where Value: Codable & SendableMetatype {
        self.init(
            stage, [document, tensors],
            encode: { value in
                let files = try NetworkFiles(value)
                return [files.document, files.tensors]
            },
            decode: { try NetworkFiles.read(Value.self, document: $0[0], tensors: $0[1]) })
    }
}

extension StageOutput where Value == Model {
    /// The network as it was trained.
    public static var model: Self { Self(.parse, document: "model.json", tensors: "tensors.bin") }
}

extension StageOutput where Value == Design {
    /// The network with the type of every value: what the firmware computes.
    public static var design: Self { Self(.optimize, document: "design.json", tensors: "weights.bin") }
}

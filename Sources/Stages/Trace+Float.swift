internal import Basics
internal import LayerKit
internal import Layers
internal import Steps

extension Trace {
    /// Every tensor of a model as trained, for all samples, as files: as those of a design are.
    static func write(
        _ program: FloatProgram, _ batch: InputBatch, _ inputs: [Shape], into folder: String, sparing kept: KeptFiles
    ) throws {
        let model = program.model
        let ids = model.nodes.flatMap { node in node.outputs.indices.map { TensorID(node.name, $0) } }
        try ResultSize.check(ids.map(model.shape), samples: batch.samples)
        var values: [TensorID: [Float]] = [:]
        for block in program.blocks(of: batch.samples) {
            program.trace(batch.samples(block, inputs), samples: block.count) { id, numbers in
                values[id, default: []] += numbers.map { Float($0) }
            }
        }
        let tensors = ids.compactMap { id in
            values[id].map { Tensor(name: model.name(of: id), shape: model.shape(of: id), values: $0) }
        }
        try write(tensors, samples: batch.samples, into: folder, sparing: kept)
    }
}

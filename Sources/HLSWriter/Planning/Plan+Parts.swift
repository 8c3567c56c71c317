internal import Estimates
import LayerKit
import Options

extension Plan.Layer {
    /// The functions over which the layer's outputs are divided for a tool, each as a layer on arrays; none where one
    /// function does it.
    func parts(_ io: IOType, _ limits: ToolLimits) -> [Plan.Layer] {
        guard let size = operation.size(site), let count = size.functions(within: limits), count > 1 else { return [] }
        let channels = site.output.channels
        return zip(partIDs, size.shares(count)).compactMap { id, units in
            var place = site, read = inputs, written = outputs
            let share = units.count * channels / size.units
            switch io {
            case .parallel:
                place.outputs = [TensorSpec(site.output.type, site.output.shape.dropLast() + [share])]
            // The layer's own function reads the stream, one vector after the other.
            case .stream:
                let vector = TensorSpec(site.input.type, [site.input.count * channels / max(1, site.output.count)])
                place = OperationSite(
                    io: .parallel, inputs: [vector], outputs: [TensorSpec(site.output.type, [share])])
                read[0].tensor = vector
                read[0].isElement = true
                written[0].isElement = true
            }
            written[0].tensor = place.output
            let operation = operation.share(of: units)
            guard case .call(let call) = operation.hls(place) else { return nil }
            return Plan.Layer(
                id: id, name: name, operation: operation, site: place, call: call, inputs: read, outputs: written)
        }
    }
}

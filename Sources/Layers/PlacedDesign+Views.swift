import LayerKit
import Options

extension PlacedDesign {
    /// The sites of a design whose views on streams are let through where their readers take vectors by tokens of any
    /// size: nothing regroups the tokens then, so that no process has to, and no element is as wide as a whole vector.
    ///
    /// Such a view gives out what comes in, and its readers see the tokens that it would have regrouped.
    static func lettingThrough(_ design: Design, _ live: [Int], _ sites: [OperationSite]) -> [OperationSite] {
        guard design.io == .stream else { return sites }
        var sites = sites
        var readers: [TensorID: [(node: Int, argument: Int)]] = [:]
        for index in live {
            for (argument, id) in design.nodes[index].inputs.enumerated() {
                readers[id, default: []].append((index, argument))
            }
        }
        /// Whether all that read a tensor, or a view of it, would take it in tokens of so many elements.
        func isTaken(_ tensor: TensorID, by channels: Int) -> Bool {
            guard let found = readers[tensor], !design.outputs.contains(tensor) else { return false }
            return found.allSatisfy { index, _ in
                let node = design.nodes[index]
                if isView(node, sites[index]) { return isTaken(TensorID(node.name), by: channels) }
                return node.operation.definition.gathered.map { $0 % channels == 0 } ?? false
            }
        }
        for index in live {
            let node = design.nodes[index], source = sites[index].input, tensor = TensorID(node.name)
            guard source.channels != sites[index].output.channels, isView(node, sites[index]),
                isTaken(tensor, by: source.channels)
            else { continue }
            sites[index].outputs[0] = source
            for (node, argument) in readers[tensor] ?? [] { sites[node].inputs[argument] = source }
        }
        return sites
    }

    /// What computes is not asked how it is written, which takes long where there are many weights.
    private static func isView(_ node: Design.Node, _ site: OperationSite) -> Bool {
        guard site.inputs.count == 1, site.outputs.count == 1, site.input.count == site.output.count else {
            return false
        }
        let operation = node.operation.definition
        return operation.gathered == nil && operation.hls(site) == .view
    }
}

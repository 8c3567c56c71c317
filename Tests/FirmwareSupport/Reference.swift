internal import LayerKit
package import Layers

/// The Design's own answer: the kernels of its operations, one after the other.
package struct Reference {
    package let design: Design
    private let kernels: [Kernel<Int64>]

    package init(_ design: Design) throws {
        self.design = design
        let placed = try PlacedDesign(design)
        kernels = zip(design.nodes, placed.sites).map { $0.operation.definition.kernel64($1) }
    }

    /// One sample: all inputs one after the other, all outputs likewise.
    package func run(_ sample: [Int64]) -> [Int64] {
        var values: [TensorID: [Int64]] = [:]
        var at = 0
        for input in design.inputs {
            values[input.id] = Array(sample[at..<at + input.shape.elementCount])
            at += input.shape.elementCount
        }
        for (node, kernel) in zip(design.nodes, kernels) {
            let sources = node.inputs.map { values[$0] ?? [] }.map(Self.copy)
            let targets = node.shapes.map { Self.copy([Int64](repeating: 0, count: $0.elementCount)) }
            kernel(sources.map { UnsafePointer($0.baseAddress!) }, targets.map { $0.baseAddress! })
            for (id, target) in zip(node.ids, targets) { values[id] = Array(target) }
            for buffer in sources + targets { buffer.deallocate() }
        }
        return design.outputs.flatMap { values[$0] ?? [] }
    }

    private static func copy(_ values: [Int64]) -> UnsafeMutableBufferPointer<Int64> {
        let buffer = UnsafeMutableBufferPointer<Int64>.allocate(capacity: values.count)
        _ = buffer.initialize(from: values)
        return buffer
    }
}

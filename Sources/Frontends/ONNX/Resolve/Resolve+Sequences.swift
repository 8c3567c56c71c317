internal import Basics
internal import LayerKit

/// Recurrent networks.
extension ONNXCall {
    mutating func resolveRecurrent() throws(LayerError) {
        throw LayerError("operator \(node.op) is not read yet")
    }
}

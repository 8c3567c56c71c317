internal import FoundationEssentials
internal import LayerKit
public import Layers

extension Layer {
    /// How many trained numbers the layer has: those that a file of it keeps beside its text.
    public var parameterCount: Int {
        let pool = TensorPool()
        let encoder = JSONEncoder()
        encoder.userInfo[TensorPool.key] = pool
        // A layer without a text has no numbers either.
        guard (try? encoder.encode(self)) != nil else { return 0 }
        return pool.count
    }
}

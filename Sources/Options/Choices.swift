/// How data enters and leaves the firmware and passes between layers.
public enum IOType: String, Hashable, Sendable, Codable, CaseIterable {
    /// All elements of a tensor at once, as partitioned arrays.
    case parallel
    /// One pixel (all channels) at a time, through FIFOs.
    case stream
}

/// Which tools turn the firmware into hardware.
public enum Backend: String, Hashable, Sendable, Codable, CaseIterable {
    case open, vitis, vivado
}

/// Whose numbers the firmware gives.
public enum Compat: String, Hashable, Sendable, Codable, CaseIterable {
    /// hlsbuild's own inference of types: nothing overflows, weights are quantised directly.
    case native
    /// Types, tables, casts and orders of hls4ml 1.3.0, bit for bit.
    case hls4ml
}

/// How a layer's multiplications are laid out in hardware.
public enum Strategy: String, Hashable, Sendable, Codable, CaseIterable {
    case latency, resource
    /// hls4ml's `resource_unrolled`.
    case unrolled
    case distributedArithmetic = "distributed_arithmetic"
}

/// How softmax is computed.
public enum SoftmaxImplementation: String, Hashable, Sendable, Codable, CaseIterable {
    case stable, latency, legacy, argmax
}

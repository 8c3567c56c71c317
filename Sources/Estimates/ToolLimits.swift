/// What a synthesis tool does not get through. This is the one table of such limits: whoever writes, checks or advises
/// reads it here.
public struct ToolLimits: Hashable, Sendable {
    /// Products that one function may unroll.
    public var products: Int
    /// Whether more of them are refused; else they only take long.
    public var refusesProducts: Bool
    /// Bits of a word: of a memory of several lanes, or of a port that holds a whole tensor.
    public var wordBits: Int
    /// Bits of a group that passes over an AXI4-Stream bus.
    public var streamBits: Int
    /// Elements of an array that becomes registers, which is also how often a loop over them may be unrolled; nil: as
    /// many as there are.
    public var elements: Int?
}

extension Target.Tool {
    public var limits: ToolLimits {
        switch self {
        // Its errors XFORM 203-504 (products, loops), 203-133 (words) and 203-103 (registers; the written scripts raise
        // the limit to what loops may have).
        case .vivado:
            ToolLimits(products: 4096, refusesProducts: true, wordBits: 65_536, streamBits: 4096, elements: 4096)
        // Each product is some 54 instructions of its compiler, which takes hours for more than a million.
        case .vitis:
            ToolLimits(
                products: 1_000_000 / 54, refusesProducts: false, wordBits: 65_536, streamBits: 4096, elements: nil)
        }
    }

    public var title: String {
        switch self {
        case .vivado: "Vivado HLS"
        case .vitis: "Vitis HLS"
        }
    }
}

extension ToolLimits {
    /// Bits of a word that every tool takes: a design does not say which will make it.
    public static var commonWordBits: Int { Target.Tool.allCases.map(\.limits.wordBits).min() ?? 0 }

    /// Bits of a group that every tool passes over an AXI4-Stream bus.
    public static var commonStreamBits: Int { Target.Tool.allCases.map(\.limits.streamBits).min() ?? 0 }
}

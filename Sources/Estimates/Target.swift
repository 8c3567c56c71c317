internal import Basics
public import Options

/// What is estimated for: the part's family, the synthesis tool and the clock decide what a multiplier or an adder
/// costs.
public struct Target: Hashable, Sendable {
    public enum Tool: String, Hashable, Sendable, CaseIterable { case vivado, vitis }

    /// Generations of parts that differ in speed and in the size of their multipliers.
    public enum Family: String, Hashable, Sendable, CaseIterable {
        case series7 = "7 series"
        case ultraScale = "UltraScale"
        case ultraScalePlus = "UltraScale+"
        case versal = "Versal"
    }

    public var tool: Tool
    public var family: Family
    /// Clock period, ns.
    public var period: Double

    public init(tool: Tool, family: Family, period: Double) {
        self.tool = tool
        self.family = family
        self.period = period.isFinite && period > 0 ? period : 5
    }

    /// The open back end is estimated as Vitis is.
    public init(backend: Backend, part: String, period: Double) {
        let tool: Tool =
            switch backend {
            case .vivado: .vivado
            case .vitis, .open: .vitis
            }
        self.init(tool: tool, family: Family(part: part), period: period)
    }

    /// Clock cycles that pass while a signal travels `delay` nanoseconds, `least` at the least. A path that fits into
    /// one period ends in the cycle it begins in.
    public func cycles(_ delay: Double, least: Int = 0) -> Int {
        max(least, Count.rounded((delay / period).rounded(.up)) - 1)
    }
}

extension Target.Family {
    /// From the letters of a part's name; a part nobody knows is taken for the most common family.
    public init(part: String) {
        let name = part.lowercased()
        if name.hasPrefix("xc7") || name.hasPrefix("xa7") || name.hasPrefix("xq7") {
            self = .series7
        } else if ["xcvc", "xcvm", "xcve", "xcvp", "xcvh"].contains(where: { name.hasPrefix($0) }) {
            self = .versal
        } else if name.hasPrefix("xcku0") || name.hasPrefix("xcku115") || name.hasPrefix("xcvu0")
            || ["xcvu125", "xcvu160", "xcvu190", "xcvu440"].contains(where: { name.hasPrefix($0) })
        {
            self = .ultraScale
        } else {
            self = .ultraScalePlus
        }
    }

    /// Bits of the two sides of a multiplier block, signed.
    public var multiplier: (wide: Int, narrow: Int) {
        switch self {
        case .series7: (25, 18)
        case .ultraScale, .ultraScalePlus: (27, 18)
        case .versal: (27, 24)
        }
    }
}

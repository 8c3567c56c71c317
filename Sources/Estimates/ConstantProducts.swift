/// What the products of inputs with a matrix of constants come to when the constants stand in the logic: what a tool
/// makes of them is the same whether it is estimated or asked for.
///
/// A constant of up to two signed digits is a shift or one addition. Equal constants on one input are one product; the
/// older tool also takes `-c` for `c`.
public struct ConstantProducts: Hashable, Sendable {
    /// Products that need a multiplier.
    public private(set) var multipliers = 0
    /// Of these, those that the tool puts into multiplier blocks.
    public private(set) var blocks = 0
    /// LUTs of those that stay in logic, beyond the one addition that each weight has.
    public private(set) var lut = 0

    /// - Parameters:
    ///   - weights: in units of their last place, all outputs of one input side by side.
    ///   - dataBits: width of an input.
    public init(_ weights: [Int64], outputs: Int, dataBits: Int, _ tool: Target.Tool) {
        guard outputs > 0 else { return }
        var seen: Set<Int64> = []
        var start = 0
        while start < weights.count {
            let end = min(weights.count, start + outputs)
            seen.removeAll(keepingCapacity: true)
            for weight in weights[start..<end] where Multiplier.digits(weight) >= Multiplier.fewestDigits {
                let constant = tool == .vivado ? Int64(clamping: weight.magnitude) : weight
                guard seen.insert(constant).inserted else { continue }
                multipliers += 1
                if Multiplier.needsBlock(constant, dataBits: dataBits) {
                    blocks += 1
                } else {
                    lut += 2 * (dataBits + Multiplier.bits(constant))
                }
            }
            start = end
        }
    }
}

public import Estimates

/// How many multipliers a call may have, for each tool: what needs one depends on which products the tool takes for
/// the same.
public struct MultiplierLimit: Hashable, Sendable {
    public var vivado: Int
    public var vitis: Int

    public init(_ limit: (Target.Tool) -> Int) {
        vivado = limit(.vivado)
        vitis = limit(.vitis)
    }

    public subscript(tool: Target.Tool) -> Int {
        switch tool {
        case .vivado: vivado
        case .vitis: vitis
        }
    }
}

internal import Glibc
internal import LayerKit

/// The functions that graphs of constants are made of.
enum ConstantMath {
    /// A function of one number; nil for those that only networks compute.
    static func unary(_ op: ONNXOp, _ attribute: (String) -> Double?) -> ((Double) -> Double)? {
        switch op {
        case .abs: return { Swift.abs($0) }
        case .ceil: return { Glibc.ceil($0) }
        case .cos: return { Glibc.cos($0) }
        case .erf: return { Glibc.erf($0) }
        case .exp: return { Glibc.exp($0) }
        case .floor: return { Glibc.floor($0) }
        case .log: return { Glibc.log($0) }
        case .neg: return { -$0 }
        case .isInf:
            let low = attribute("detect_negative") ?? 1 != 0, high = attribute("detect_positive") ?? 1 != 0
            return { $0.isInfinite && ($0 < 0 ? low : high) ? 1 : 0 }
        case .isNaN: return { $0.isNaN ? 1 : 0 }
        case .not: return { $0 == 0 ? 1 : 0 }
        case .reciprocal: return { 1 / $0 }
        case .relu: return { Swift.max(0, $0) }
        case .round: return { $0.rounded(.toNearestOrEven) }
        case .sigmoid: return { 1 / (1 + Glibc.exp(-$0)) }
        case .sign: return { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }
        case .sin: return { Glibc.sin($0) }
        case .sqrt: return { $0.squareRoot() }
        case .tanh: return { Glibc.tanh($0) }
        case .softplus: return { Swift.max($0, 0) + Glibc.log1p(Glibc.exp(-Swift.abs($0))) }
        case .clip:
            let low = attribute("min") ?? -.infinity, high = attribute("max") ?? .infinity
            return { Swift.min(high, Swift.max(low, $0)) }
        case .pow:
            guard let exponent = attribute("exponent") else { return nil }
            return { Glibc.pow($0, exponent) }
        default: return nil
        }
    }

    /// A function of two numbers, and whether it gives a truth. Whole numbers are divided toward zero.
    static func binary(_ op: ONNXOp, whole: Bool) -> (function: (Double, Double) -> Double, isTruth: Bool)? {
        func truth(_ test: @escaping (Double, Double) -> Bool) -> ((Double, Double) -> Double, Bool) {
            ({ test($0, $1) ? 1 : 0 }, true)
        }
        switch op {
        case .add, .sum, .mean: return ({ $0 + $1 }, false)
        case .sub: return ({ $0 - $1 }, false)
        case .mul: return ({ $0 * $1 }, false)
        case .div: return (whole ? { ($0 / $1).rounded(.towardZero) } : { $0 / $1 }, false)
        case .max: return ({ Swift.max($0, $1) }, false)
        case .min: return ({ Swift.min($0, $1) }, false)
        case .pow: return ({ Glibc.pow($0, $1) }, false)
        case .and: return truth { $0 != 0 && $1 != 0 }
        case .or: return truth { $0 != 0 || $1 != 0 }
        case .xor: return truth { ($0 != 0) != ($1 != 0) }
        case .equal: return truth { $0 == $1 }
        case .greater: return truth { $0 > $1 }
        case .greaterOrEqual: return truth { $0 >= $1 }
        case .less: return truth { $0 < $1 }
        case .lessOrEqual: return truth { $0 <= $1 }
        default: return nil
        }
    }
}

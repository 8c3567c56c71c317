internal import Basics
internal import LayerKit

/// Functions of one element, which need not know how a tensor is seen.
extension ATenTranslator {
    /// The function of every element of `self`.
    mutating func each(_ op: String, _ attributes: [String: JSONValue] = [:]) throws(LayerError) -> ATenValue {
        try each(op, try value(call.arguments["self"] == nil ? "input" : "self"), attributes)
    }

    mutating func each(
        _ op: String, _ value: ATenValue, _ attributes: [String: JSONValue] = [:], with others: [String] = [],
        part: String? = nil
    ) throws(LayerError) -> ATenValue {
        var result = value
        result.source = .node(emitOne(op, [node(of: value)] + others, attributes, part: part))
        return result
    }

    mutating func activation(_ op: ATenOperator) throws(LayerError) -> ATenValue {
        switch op {
        case .relu6: return try clip(try value("self"), 0, 6)
        case .hardtanh:
            let low = try real("min_val", default: -1)
            return try clip(try value("self"), low, try real("max_val", default: 1))
        case .leakyRelu: return try each("LeakyRelu", ["alpha": .double(try real("negative_slope", default: 0.01))])
        case .rrelu:
            guard try !flag("training") else { throw Self.training }
            let slope = (try real("lower", default: 0.125) + (try real("upper", default: 1.0 / 3))) / 2
            return try each("LeakyRelu", ["alpha": .double(slope)])
        case .elu:
            try expect("input_scale", 1)
            let scale = try real("scale", default: 1), alpha = JSONValue.double(try real("alpha", default: 1))
            if scale == 1 { return try each("Elu", ["alpha": alpha]) }
            return try merge("Mul", try each("Elu", try value("self"), ["alpha": alpha], part: "elu"), scalar(scale))
        case .celu: return try each("Celu", ["alpha": .double(try real("alpha", default: 1))])
        case .gelu: return try each("Gelu", ["approximate": .string(try text("approximate", default: "none"))])
        case .hardsigmoid: return try each("HardSigmoid", ["alpha": .double(1.0 / 6), "beta": .double(0.5)])
        case .hardshrink:
            return try each("Shrink", ["lambd": .double(try real("lambd", default: 0.5)), "bias": .double(0)])
        case .softshrink:
            let lambda = JSONValue.double(try real("lambd", default: 0.5))
            return try each("Shrink", ["lambd": lambda, "bias": lambda])
        case .silu:
            let input = try value("self")
            return try merge("Mul", input, try each("Sigmoid", input, part: "sigmoid"))
        case .logSigmoid, .logSigmoidForward:
            return try each("Log", try each("Sigmoid", try value("self"), part: "sigmoid"))
        case .softplus: return try softplus()
        case .threshold: return try threshold()
        case .prelu, .innerPreluKernel: return try parametricReLU()
        default: throw LayerError("\(call.spelling) is no activation")
        }
    }

    static let training = LayerError(
        "it is what a network does in training",
        help: "export it for inference: model.eval() before torch.export.export")

    /// Refuses an argument that has another value than this one.
    mutating func expect(_ name: String, _ value: Double) throws(LayerError) {
        let found = try real(name, default: value)
        guard found == value else {
            throw LayerError("its argument '\(name)' is \(found); only \(value) is read", attribute: name)
        }
    }

    mutating func clip(_ value: ATenValue, _ low: Double?, _ high: Double?) throws(LayerError) -> ATenValue {
        var bounds = [low.map { number($0, "min") } ?? "", high.map { number($0, "max") } ?? ""]
        if bounds[1].isEmpty { bounds.removeLast() }
        return try each("Clip", value, with: bounds)
    }

    /// One for each channel, or one for all.
    private mutating func parametricReLU() throws(LayerError) -> ATenValue {
        let input = try value("self")
        guard let slopes = try weight("weight") else { throw LayerError("it has no slopes") }
        if slopes.count == 1 {
            return try each("PRelu", input, with: [constantNode(slopes.viewed(as: [1]), for: "\(label.name)_slope")])
        }
        let value = try ordered(input)
        let shape = [slopes.count] + [Int](repeating: 1, count: max(value.axes.count - 2, 0))
        return try each("PRelu", value, with: [constantNode(slopes.viewed(as: shape), for: "\(label.name)_slope")])
    }

    /// Beyond the threshold it is its input, from which it differs by less than single precision has digits there.
    private mutating func softplus() throws(LayerError) -> ATenValue {
        let beta = try real("beta", default: 1), threshold = try real("threshold", default: 20)
        guard threshold >= 17 else {
            throw LayerError("its argument 'threshold' is \(threshold); 17 or more is read", attribute: "threshold")
        }
        let input = try value("self")
        if beta == 1 { return try each("Softplus", input) }
        let scaled = try merge("Mul", input, scalar(beta), part: "scaled")
        return try merge("Div", try each("Softplus", scaled, part: "softplus"), scalar(beta))
    }

    private mutating func threshold() throws(LayerError) -> ATenValue {
        try expect("value", 0)
        let threshold = try real("threshold")
        if threshold == 0 { return try each("Relu") }
        return try each("ThresholdedRelu", ["alpha": .double(threshold)])
    }

    mutating func power(_ op: ATenOperator) throws(LayerError) -> ATenValue {
        switch op {
        case .rsqrt: return try each("Reciprocal", try each("Sqrt", try value("self"), part: "sqrt"))
        case .square:
            let input = try value("self")
            return try merge("Mul", input, input)
        case .log1p: return try each("Log", try merge("Add", try value("self"), scalar(1), part: "sum"))
        case .exp2:
            return try each("Exp", try merge("Mul", try value("self"), scalar(0x1.62e42fefa39efp-1), part: "scaled"))
        case .log2, .log10:
            let factor = op == .log2 ? 0x1.71547652b82fep+0 : 0x1.bcb7b1526e50ep-2
            return try merge("Mul", try each("Log", try value("self"), part: "log"), scalar(factor))
        case .logit:
            try expect("eps", -1)
            let input = try value("self")
            let odds = try merge("Div", input, try opposite(of: input, part: "rest"), part: "odds")
            return try each("Log", odds)
        case .erfc: return try opposite(of: try each("Erf", try value("self"), part: "erf"), part: nil)
        case .expm1: return try merge("Sub", try each("Exp", try value("self"), part: "exp"), scalar(1))
        default: return try merge("Pow", try operand("self"), try operand("exponent"))
        }
    }

    mutating func clamp() throws(LayerError) -> ATenValue {
        let input = try value("self")
        func bound(_ name: String) -> ATenArgument { call.arguments[name] ?? .none }
        if case .tensor = bound("min") { return try clampToTensors(input) }
        if case .tensor = bound("max") { return try clampToTensors(input) }
        let low = bound("min") == .none ? nil : try real("min"), high = bound("max") == .none ? nil : try real("max")
        return try clip(input, low, high)
    }

    private mutating func clampToTensors(_ input: ATenValue) throws(LayerError) -> ATenValue {
        var result = input
        let low = try optionalValue("min"), high = try optionalValue("max")
        if let low { result = try merge("Max", result, low, part: high == nil ? nil : "min") }
        if let high { result = try merge("Min", result, high) }
        return result
    }

    /// `a * sigmoid(b)`, a and b the halves of an axis.
    mutating func gatedUnit() throws(LayerError) -> ATenValue {
        let input = try value("self"), dim = try input.dim(try integer("dim", default: -1))
        let half = input.size(dim) / 2
        let first = try part(of: input, dim, from: 0, count: half, step: 1, name: "a")
        let second = try part(of: input, dim, from: half, count: half, step: 1, name: "b")
        return try merge("Mul", first, try each("Sigmoid", second, part: "sigmoid"))
    }

    mutating func safeSoftmax() throws(LayerError) -> ATenValue {
        let input = try value("self"), dim = try input.dim(try integer("dim"))
        return try safe(try softmax("Softmax", part: leavesOut ? "weights" : nil), of: input, dim, part: nil)
    }

    mutating func softmax(_ op: String, part: String? = nil) throws(LayerError) -> ATenValue {
        ignore("dtype", "half_to_float")
        let input = try value("self")
        let dim = try input.dim(try integer("dim"))
        let value = try ordered(input)
        return try each(op, value, ["axis": .int(try axis(of: dim, in: value))], part: part)
    }
}

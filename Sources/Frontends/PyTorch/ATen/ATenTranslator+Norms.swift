internal import Basics
internal import LayerKit

/// Normalisation as it is at inference.
extension ATenTranslator {
    mutating func batchNorm() throws(LayerError) -> ATenValue {
        ignore("momentum", "cudnn_enabled")
        guard try !flag("training") else { throw Self.training }
        let input = try ordered(try value("input"))
        guard let mean = try weight("running_mean"), let variance = try weight("running_var") else {
            throw LayerError(
                "it has no running mean and variance: it would use those of the samples at hand",
                help: "track_running_stats=True keeps them")
        }
        let scale = try weight("weight"), offset = try weight("bias")
        let numbers = [
            ("scale", scale ?? Self.filled(mean.count, 1)), ("bias", offset ?? Self.filled(mean.count, 0)),
            ("mean", mean), ("variance", variance),
        ].map { constantNode($1.inSinglePrecision, for: "\(label.name)_\($0)") }
        var result = input
        result.source = .node(
            emitOne(
                "BatchNormalization", [node(of: input)] + numbers, ["epsilon": .double(try real("eps", default: 1e-5))])
        )
        result.label = nil
        return result
    }

    private static func filled(_ count: Int, _ value: Float) -> Tensor {
        Tensor([Float](repeating: value, count: count))
    }

    /// By the mean and variance of each channel of each sample, which PyTorch has side by side for that.
    mutating func batchNormOfSample() throws(LayerError) -> ATenValue {
        ignore("momentum", "training")
        let input = try value("input"), epsilon = try real("eps", default: 1e-5)
        guard input.dims.count > 2, input.dims[1].contains(.batch), input.size(0) == 1 else {
            throw LayerError("it normalises by the mean and variance of the samples at hand")
        }
        guard try optionalValue("running_mean") == nil, try optionalValue("running_var") == nil else {
            throw LayerError("it normalises by running numbers, which is not read")
        }
        let dims = Array(2..<input.dims.count)
        let mean = try reduce("ReduceMean", input, dims, keeps: true, part: "mean")
        let difference = try merge("Sub", input, mean, part: "difference")
        let square = try merge("Mul", difference, difference, part: "square")
        let variance = try reduce("ReduceMean", square, dims, keeps: true, part: "variance")
        let root = try each("Sqrt", try merge("Add", variance, scalar(epsilon), part: "sum"), part: "root")
        var result = try merge("Div", difference, root, part: call.arguments["weight"] == nil ? nil : "quotient")
        for (name, op) in [("weight", "Mul"), ("bias", "Add")] {
            guard var numbers = try optionalValue(name) else { continue }
            numbers.dims += dims.map { _ in [] }
            result = try merge(op, result, numbers, part: name == "weight" && has("bias") ? "scaled" : nil)
        }
        return result
    }

    mutating func layerNorm() throws(LayerError) -> ATenValue {
        ignore("cudnn_enable")
        let shape = try sizes("normalized_shape") ?? []
        let input = try ordered(try value("input"))
        let scale = try weight("weight"), offset = try weight("bias")
        guard !shape.isEmpty, shape.count <= input.dims.count,
            input.dims.suffix(shape.count).allSatisfy({ !$0.contains(.batch) })
        else { throw LayerError("it normalises over the samples", attribute: "normalized_shape") }
        let count = shape.reduce(1) { Count.times($0, $1) }
        guard count == input.dims.suffix(shape.count).reduce(1, { Count.times($0, ATenValue.size($1)) }) else {
            throw LayerError("it normalises over another shape than that of its input", attribute: "normalized_shape")
        }
        var inputs = [
            node(of: input),
            constantNode(
                (scale ?? Self.filled(count, 1).viewed(as: shape)).inSinglePrecision, for: "\(label.name)_scale"),
        ]
        if let offset { inputs.append(constantNode(offset.inSinglePrecision, for: "\(label.name)_bias")) }
        var result = input
        result.source = .node(
            emitOne(
                "LayerNormalization", inputs,
                ["axis": .int(input.axes.count - shape.count), "epsilon": .double(try real("eps", default: 1e-5))]))
        result.label = nil
        return result
    }

    mutating func rootMeanSquareNorm() throws(LayerError) -> ATenValue {
        let shape = try sizes("normalized_shape") ?? [], input = try value("input")
        let epsilon = try real("eps", default: 1.1920928955078125e-07)
        let scale = try optionalValue("weight")
        guard !shape.isEmpty, shape.count <= input.dims.count else { throw LayerError("it normalises over no axis") }
        let dims = Array(input.dims.count - shape.count..<input.dims.count)
        let mean = try reduce(
            "ReduceMean", try merge("Mul", input, input, part: "square"), dims, keeps: true, part: "mean")
        let root = try each("Sqrt", try merge("Add", mean, scalar(epsilon), part: "sum"), part: "root")
        let result = try merge("Div", input, root, part: scale == nil ? nil : "quotient")
        guard let scale else { return result }
        return try merge("Mul", result, scale)
    }

    mutating func groupNorm() throws(LayerError) -> ATenValue {
        ignore("cudnn_enabled")
        ignore("N", "C", "HxW")
        let groups = try integer(call.arguments["group"] == nil ? "num_groups" : "group"),
            epsilon = try real("eps", default: 1e-5)
        let input = try ordered(try value("input"))
        let scale = try weight("weight"), offset = try weight("bias")
        guard groups > 0, input.axes.count >= 2 else { throw LayerError("it has no channels that fall into groups") }
        let channels = ATenValue.size(input.axes[1])
        let numbers = [
            ("scale", scale ?? Self.filled(channels, 1)), ("bias", offset ?? Self.filled(channels, 0)),
        ].map { constantNode($1.inSinglePrecision, for: "\(label.name)_\($0)") }
        var result = input
        result.source = .node(
            emitOne(
                "GroupNormalization", [node(of: input)] + numbers,
                ["num_groups": .int(groups), "epsilon": .double(epsilon)]))
        result.label = nil
        return result
    }

    mutating func instanceNorm() throws(LayerError) -> ATenValue {
        ignore("momentum", "cudnn_enabled")
        guard try flag("use_input_stats", default: true) else {
            throw LayerError("it normalises by running numbers, which is not read", attribute: "track_running_stats")
        }
        ignore("running_mean", "running_var")
        let epsilon = try real("eps", default: 1e-5), input = try ordered(try value("input"))
        guard input.axes.count >= 3 else { throw LayerError("its input has no channels with axes behind them") }
        let count = ATenValue.size(input.axes[1])
        let scale = try weight("weight") ?? Self.filled(count, 1), offset = try weight("bias") ?? Self.filled(count, 0)
        let numbers = [("scale", scale), ("bias", offset)].map {
            constantNode($1.inSinglePrecision, for: "\(label.name)_\($0)")
        }
        var result = input
        result.source = .node(
            emitOne("InstanceNormalization", [node(of: input)] + numbers, ["epsilon": .double(epsilon)]))
        result.label = nil
        return result
    }
}

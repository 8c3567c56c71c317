internal import Basics
internal import LayerKit

/// Layers that multiply with trained numbers.
extension HGQExpansion {
    /// A layer of Keras with a kernel and a bias.
    ///
    /// - Parameter biased: null where there is no bias; nil: `use_bias` says.
    mutating func product(_ op: String, biased: JSONValue? = nil) throws(LayerError) -> String {
        let hasBias = biased.map { $0 != .null } ?? flag("use_bias", default: true)
        let own = try own(trained: hasBias ? ["kernel", "bias"] : ["kernel"])
        return try place(op, own, kernel: own["kernel"], bias: own["bias"])
    }

    /// The layer with its kernel and bias quantized, between its own quantizers.
    private mutating func place(
        _ op: String, _ own: [String: Tensor], kernel: Tensor?, bias: Tensor?, without dropped: String...
    ) throws(LayerError) -> String {
        var tensors: [String: Tensor] = [:]
        if let kernel { tensors["kernel"] = try quantized(kernel, by: node.attributes["kq_conf"], at: "kq") }
        if let bias { tensors["bias"] = try quantized(bias, by: node.attributes["bq_conf"], at: "bq") }
        let input = try input()
        var attributes = attributes().filter { !dropped.contains($0.key) }
        if let equation = attributes["equation"]?.stringValue {
            attributes["equation"] = .string(try spelledOut(equation))
        }
        return try output(add(op, [input], attributes: attributes, tensors: tensors))
    }

    /// An equation with letters instead of its dots, as many as the input has axes that it does not name.
    private func spelledOut(_ equation: String) throws(LayerError) -> String {
        let parts = Array(equation.utf8), dot = UInt8(ascii: ".")
        guard parts.contains(dot) else { return equation }
        let named = parts.prefix { $0 != UInt8(ascii: ",") }.count { $0 != dot }
        guard let rank = variables("iq/quantizer").first?.shape.count, rank >= named else {
            throw LayerError("the axes of '\(equation)' are not known", attribute: "equation")
        }
        let letters = Array("abcdefghijklmnopqrstuvwxyz".utf8).filter { !parts.contains($0) }.prefix(rank - named)
        var result: [UInt8] = []
        for (index, byte) in parts.enumerated() {
            if byte != dot { result.append(byte) } else if index == 0 || parts[index - 1] != dot { result += letters }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private func epsilon(_ standard: Float) -> Float {
        node.attributes["epsilon"]?.numberValue.map { Float($0) } ?? standard
    }

    /// `gamma / sqrt(variance + epsilon)`, in single precision.
    private func scales(_ own: [String: Tensor], epsilon: Float) -> [Float] {
        let variance = own["moving_variance"]?.singles ?? []
        let gamma = own["gamma"]?.singles ?? [Float](repeating: 1, count: variance.count)
        return zip(gamma, variance).map { $0 / ($1 + epsilon).squareRoot() }
    }

    /// `QBatchNormDense`: what comes in is normalised within the kernel; the mean is taken off unscaled.
    mutating func batchNormDense() throws(LayerError) -> String {
        let own = try own(
            trained: ["kernel", "bias"] + (flag("scale", default: true) ? ["gamma"] : []),
            fixed: [nil, "moving_mean", "moving_variance"])
        guard let kernel = own["kernel"], let bias = own["bias"], let mean = own["moving_mean"]?.singles,
            kernel.shape.count == 2, kernel.shape[0] == mean.count, kernel.shape[1] == bias.count
        else { throw LayerError("its kernel, bias and statistics do not belong together", attribute: "kernel") }
        let scales = scales(own, epsilon: epsilon(0.001)), columns = bias.count, numbers = kernel.singles
        let fused = numbers.indices.map { scales[$0 / columns] * numbers[$0] }
        var offsets = [Double](repeating: 0, count: columns)
        for index in numbers.indices {
            offsets[index % columns] -= Double(mean[index / columns]) * Double(numbers[index])
        }
        return try place(
            "Dense", own, kernel: Tensor(shape: kernel.shape, values: fused),
            bias: Tensor(zip(bias.singles, offsets).map { $0 + Float($1) }), without: "scale", "epsilon")
    }

    /// `QEinsumDenseBatchnorm`: what leaves is normalised along the axes of the bias.
    mutating func einsumDenseBatchNorm() throws(LayerError) -> String {
        // HGQ does not save whether there is a scale: the number of variables tells.
        let costs = node.attributes["enable_ebops"] == .bool(true) ? 2 : 0
        let own = try own(
            trained: ["kernel", "bias"] + (variables("").count > 4 + costs ? ["gamma"] : []),
            fixed: [nil, "moving_mean", "moving_variance"])
        let axes = node.attributes["bias_axes"]?.stringValue ?? ""
        if let others = node.attributes["normalize_axes"], others != .null, others.stringValue != axes {
            throw LayerError(
                "normalize_axes \(others.summary) are not the axes of the bias", attribute: "normalize_axes")
        }
        let letters = (node.attributes["equation"]?.stringValue ?? "").parts(at: ",").last?.parts(at: "-").first ?? ""
        guard let kernel = own["kernel"], let bias = own["bias"], let mean = own["moving_mean"]?.singles,
            kernel.shape.count == letters.utf8.count, bias.count == mean.count
        else { throw LayerError("its kernel, bias and statistics do not belong together", attribute: "kernel") }
        // HGQ adds Keras' own small number, whatever the layer says.
        let scales = scales(own, epsilon: 1e-7)
        let normalised = zip(letters.utf8, kernel.shape).map { axes.utf8.contains($0) ? $1 : 1 }
        guard normalised.elementCount == scales.count else {
            throw LayerError("\(scales.count) scales for axes of shape \(normalised)", attribute: "bias_axes")
        }
        let places = Self.places(of: normalised, in: kernel.shape)
        let fused = zip(kernel.singles, places).map { $0 * scales[$1] }
        let shifted = zip(bias.singles, zip(mean, scales)).map { $0 + -$1.0 * $1.1 }
        return try place(
            "EinsumDense", own, kernel: Tensor(shape: kernel.shape, values: fused),
            bias: Tensor(shape: bias.shape, values: shifted), without: "scale", "center", "epsilon", "normalize_axes")
    }

    /// Where each element of the whole is found in a tensor whose axes of one element go along with any number.
    static func places(of shape: Shape, in total: Shape) -> [Int] {
        var places = [0]
        for (own, size) in zip(shape, total) {
            places = places.flatMap { place in (0..<size).map { place * own + (own == 1 ? 0 : $0) } }
        }
        return places
    }

    /// `QBatchNormalization`: a scale and an offset, each quantized.
    mutating func batchNormalization() throws(LayerError) -> String {
        let scaled = flag("scale", default: true), centred = flag("center", default: true)
        let own = try own(
            trained: (scaled ? ["gamma"] : []) + (centred ? ["beta"] : []),
            fixed: ["moving_mean", "moving_variance", nil])
        let scales = scales(own, epsilon: epsilon(0.001)), mean = own["moving_mean"]?.singles ?? []
        // Without a centre HGQ adds 1.
        let beta = own["beta"]?.singles ?? [Float](repeating: 1, count: scales.count)
        let offsets = zip(beta, zip(mean, scales)).map { $0 - $1.0 * $1.1 }
        let input = try input()
        let value = add(
            "BatchNormalization", [input],
            attributes: ["axis": node.attributes["axis"] ?? .int(-1), "epsilon": .double(0)],
            tensors: [
                "gamma": try quantized(Tensor(scales), by: node.attributes["kq_conf"], at: "kq"),
                "beta": try quantized(Tensor(offsets), by: node.attributes["bq_conf"], at: "bq"),
                "moving_mean": Tensor([Float](repeating: 0, count: scales.count)),
                "moving_variance": Tensor([Float](repeating: 1, count: scales.count)),
            ])
        return try output(value)
    }
}

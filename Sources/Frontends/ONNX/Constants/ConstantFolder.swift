internal import Arrays
internal import Basics
internal import Glibc
internal import LayerKit
internal import Layers

/// Computes what depends on constants alone, as the frameworks do: in single precision, rounded after every operator,
/// where the numbers are, and exactly where they are whole.
enum ConstantFolder {
    /// Elements of all constants together that are computed of one file: chains of a few bytes could ask for any number.
    private static let limit = 1 << 27

    /// The value of a resolved node; nil where it is none that is computed here, or reads what is no constant.
    static func value(
        of node: ImportNode, _ constants: [String: ImportTensor], budget: inout Int
    ) throws(LayerError) -> ImportTensor? {
        guard let op = ONNXOp(rawValue: node.op) else { return nil }
        if op == .constant { return node.tensors["value"] }
        guard !node.inputs.isEmpty else { return nil }
        var operands: [Tensor] = []
        for input in node.inputs {
            guard let constant = constants[input] else { return nil }
            operands.append(try constant.load())
        }
        let shape = node.shapes[0]
        let given = operands.reduce(0) { Count.plus($0, $1.count) }
        guard let count = Count.elements(shape), count <= max(InputLimit.tensor.elements, given),
            count <= limit - budget
        else { throw LayerError("constants of too many elements are computed for it") }
        budget += count
        if op == .identity, let same = constants[node.inputs[0]] { return same }
        let folder = Fold(node: node, op: op, operands: operands, shape: shape)
        guard let tensor = try folder.value() else { return nil }
        var result = ImportTensor(tensor)
        result.quantizer = folder.quantizer
        return result
    }
}

/// One operator on constants.
private struct Fold {
    let node: ImportNode
    let op: ONNXOp
    let operands: [Tensor]
    let shape: Shape

    private var x: Tensor { operands[0] }

    func value() throws(LayerError) -> Tensor? {
        switch op {
        case .reshape: return try x.reshaped(shape)
        case .transpose: return try x.transposed(integers("perm"))
        case .slice: return try x.selecting(slicePlaces(), shape: shape)
        case .gather: return try x.selecting(gatherPlaces(), shape: shape)
        case .concat: return try concatenated()
        case .pad: return try padded()
        case .cast: return cast()
        case .add, .div, .max, .mean, .min, .mul, .sub, .sum, .and, .equal, .greater, .greaterOrEqual, .less,
            .lessOrEqual, .or, .xor:
            return try combined()
        case .pow where operands.count == 2: return try combined()
        case .bitShift, .mod: return try paired()
        case .einsum where operands.count == 2: return try product()
        case .where: return try chosen()
        case .reduceMax, .reduceMean, .reduceMin, .reduceProd, .reduceSum: return try reduced()
        case .quant, .bipolarQuant, .trunc: return try quantised()
        case .dequantizeLinear: return try dequantised()
        case .quantizeLinear: return try quantisedLinear()
        default:
            guard let function = ConstantMath.unary(op, number) else { return nil }
            return rounded(x.doubles.map(function), like: [x])
        }
    }

    /// Of numbers for each channel that are quantised by a power of two hls4ml takes those that were trained.
    var quantizer: TrainedQuantizer? {
        guard op == .quant, x.shape.dropLast().allSatisfy({ $0 == 1 }), let scale = try? node.tensors["scale"]?.load(),
            scale.count == 1, scale.singles[0] > 0, scale.singles[0].significand == 1
        else { return nil }
        return TrainedQuantizer(original: x)
    }

    private func integers(_ name: String) -> [Int] {
        (node.attributes[name]?.arrayValue ?? []).compactMap(\.integerValue)
    }

    private func number(_ name: String) -> Double? { node.attributes[name]?.numberValue }

    /// Numbers of the type that those of the operands make.
    private func rounded(_ values: [Double], like operands: [Tensor], shape: Shape? = nil) -> Tensor? {
        var isWhole = true, isDouble = false
        for operand in operands {
            switch operand.numbers {
            case .int64: break
            case .float32: isWhole = false
            case .float64: (isWhole, isDouble) = (false, true)
            }
        }
        let numbers: Numbers =
            isWhole
            ? .int64(values.map { Int64(exactly: $0.rounded(.towardZero)) ?? ($0 > 0 ? .max : .min) })
            : isDouble ? .float64(values) : .float32(values.map(Float.init))
        return Tensor(shape: shape ?? self.shape, numbers: numbers)
    }

    private func slicePlaces() -> [Int] {
        let begins = integers("starts"), steps = integers("steps"), own = Strides.steps(of: x.shape)
        return Places.all(
            shape, steps: own.indices.map { steps[$0] * own[$0] },
            from: zip(begins, own).reduce(0) { $0 + $1.0 * $1.1 })
    }

    private func gatherPlaces() -> [Int] {
        let axis = number("axis").map { Int($0) } ?? 0, indices = integers("indices"), own = Strides.steps(of: x.shape)
        return Places.all(
            x.shape.indices.map { at in
                at == axis ? indices.map { $0 * own[at] } : (0..<x.shape[at]).map { $0 * own[at] }
            })
    }

    private func concatenated() throws(LayerError) -> Tensor? {
        let axis = number("axis").map { Int($0) } ?? 0
        var values: [Double] = []
        let rows = shape[..<axis].elementCount, runs = operands.map { $0.shape[axis...].elementCount }
        let all = operands.map(\.doubles)
        for row in 0..<rows {
            for (own, run) in zip(all, runs) { values += own[row * run..<(row + 1) * run] }
        }
        return rounded(values, like: operands)
    }

    private func padded() throws(LayerError) -> Tensor? {
        let pads = integers("pads"), value = number("value") ?? 0
        var result = [Double](repeating: value, count: shape.elementCount)
        let own = Strides.steps(of: shape)
        let places = Places.all(x.shape, steps: own, from: zip(pads, own).reduce(0) { $0 + $1.0 * $1.1 })
        for (place, number) in zip(places, x.doubles) { result[place] = number }
        return rounded(result, like: [x])
    }

    private func cast() -> Tensor? {
        switch number("to") {
        case 1: Tensor(shape: shape, numbers: .float32(x.singles))
        case 10, 16: Tensor(shape: shape, numbers: .float32(x.singles))
        case 11: Tensor(shape: shape, numbers: .float64(x.doubles))
        case 9: Tensor(shape: shape, numbers: .int64(x.doubles.map { $0 == 0 ? 0 : 1 }))
        default:
            Tensor(
                shape: shape,
                numbers: .int64(x.doubles.map { Int64(exactly: $0.rounded(.towardZero)) ?? ($0 > 0 ? .max : .min) }))
        }
    }

    /// An operand's numbers for each element of the result.
    private func spread(_ tensor: Tensor) -> [Double] {
        let values = tensor.doubles
        return tensor.shape == shape ? values : Strides.places(of: tensor.shape, in: shape).map { values[$0] }
    }

    private func combined() throws(LayerError) -> Tensor? {
        guard let (function, isTruth) = ConstantMath.binary(op, whole: operands.allSatisfy(\.isWhole)) else {
            return nil
        }
        var values = spread(operands[0])
        for other in operands.dropFirst() {
            values = zip(values, spread(other)).map(function)
            // As the framework does: every sum and product is rounded to single precision.
            if !isTruth { values = rounded(values, like: operands)?.doubles ?? values }
        }
        if op == .mean { values = values.map { $0 / Double(operands.count) } }
        if isTruth { return Tensor(shape: shape, numbers: .int64(values.map { $0 == 0 ? 0 : 1 })) }
        return rounded(values, like: op == .pow ? [operands[0]] : operands)
    }

    private func product() throws(LayerError) -> Tensor? {
        guard let equation = node.attributes["equation"]?.stringValue else { return nil }
        return try ConstantProduct.of(operands[0], operands[1], equation: equation, shape: shape)
    }

    /// Rests and shifts. The rest has the divisor's sign, as in Python, or the number's, as in C.
    private func paired() throws(LayerError) -> Tensor? {
        let asC = number("fmod") == 1, isRight = node.attributes["direction"] == .string("RIGHT")
        let pairs = zip(spread(operands[0]), spread(operands[1]))
        guard op == .mod else {
            return rounded(pairs.map { $0 * exp2(isRight ? -$1 : $1) }.map { $0.rounded(.down) }, like: operands)
        }
        return rounded(
            pairs.map { asC ? $0.truncatingRemainder(dividingBy: $1) : $0 - ($0 / $1).rounded(.down) * $1 },
            like: operands)
    }

    private func chosen() throws(LayerError) -> Tensor? {
        let mask = spread(operands[0]), x = spread(operands[1]), y = spread(operands[2])
        return rounded(mask.indices.map { mask[$0] != 0 ? x[$0] : y[$0] }, like: Array(operands.dropFirst()))
    }

    private func reduced() throws(LayerError) -> Tensor? {
        let axes = integers("axes"), kept = x.shape.indices.filter { !axes.contains($0) }
        let steps = Strides.steps(of: x.shape), values = x.doubles
        let starts = Places.all(kept.map { x.shape[$0] }, steps: kept.map { steps[$0] })
        let inner = Places.all(axes.map { x.shape[$0] }, steps: axes.map { steps[$0] })
        guard !inner.isEmpty else { return nil }
        let results = starts.map { start -> Double in
            let own = inner.map { values[start + $0] }
            switch op {
            case .reduceMax: return own.max() ?? 0
            case .reduceMin: return own.min() ?? 0
            case .reduceProd: return own.reduce(1, *)
            case .reduceMean: return own.reduce(0, +) / Double(own.count)
            default: return own.reduce(0, +)
            }
        }
        return rounded(results, like: [x])
    }

    private func parameter(_ name: String) throws(LayerError) -> Tensor? { try node.tensors[name]?.load() }

    /// As the quantiser's room computes it.
    private func quantised() throws(LayerError) -> Tensor? {
        let key = ImportKey(.onnx, node.op)
        guard let rule = Catalog.rule(key) else { return nil }
        let site = ImportSite(
            key, layer: node.origin, attributes: node.attributes, tensors: node.tensors, inputs: [shape])
        let layer = try rule.read(site)
        _ = try layer.outputShapes(of: [shape])
        let kernel = layer.floatKernel([shape])
        return Tensor(shape: shape, values: kernel([x.doubles], samples: 1)[0].map(Float.init))
    }

    private func dequantised() throws(LayerError) -> Tensor? {
        guard let scale = try parameter("scale") else { return nil }
        let scales = spread(scale), zeros = try parameter("zero_point").map(spread), values = x.doubles
        return Tensor(
            shape: shape,
            values: values.indices.map { Float(values[$0] - (zeros?[$0] ?? 0)) * Float(scales[$0]) })
    }

    private func quantisedLinear() throws(LayerError) -> Tensor? {
        guard let scale = try parameter("scale") else { return nil }
        let range = try node.tensors["zero_point"]?.wholeNumbers() ?? 0...255
        let scales = spread(scale), zeros = try parameter("zero_point").map(spread), values = x.doubles
        return Tensor(
            shape: shape,
            numbers: .int64(
                values.indices.map { index in
                    let steps = Double((Float(values[index]) / Float(scales[index])).rounded(.toNearestOrEven))
                    return Int64(max(range.lowerBound, min(range.upperBound, steps + (zeros?[index] ?? 0))))
                }))
    }
}

extension Tensor {
    fileprivate var isWhole: Bool {
        if case .int64 = numbers { true } else { false }
    }
}

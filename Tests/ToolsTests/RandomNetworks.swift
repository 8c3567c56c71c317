import FixedPoint
import LayerKit
@testable import Layers
import Options
import TestSupport

/// Networks with random layers, sizes, types and values; the same seed gives the same network.
struct RandomNetworks {
    private var dice: Dice

    static func network(_ seed: Int, _ io: IOType) throws -> Design {
        var networks = RandomNetworks(dice: Dice(state: UInt64(seed)))
        return try Corpus.withAdders(networks.network(io))
    }

    private init(dice: Dice) { self.dice = dice }

    private mutating func type(unsigned: Bool = true) -> FixedType {
        let width = Int.random(in: 4...20, using: &self), integer = Int.random(in: 2...min(8, width - 1), using: &self)
        let rounding = Rounding.allCases.randomElement(using: &self) ?? .trn
        let overflow = Overflow.allCases.randomElement(using: &self) ?? .wrap
        let modes = Bool.random(using: &self) ? (rounding, overflow) : (.trn, .wrap)
        return unsigned && Int.random(in: 0..<3, using: &self) == 0
            ? .ufixed(width, integer, modes.0, modes.1) : .fixed(width, integer, modes.0, modes.1)
    }

    private mutating func tensor(_ shape: Shape, _ type: FixedType) -> QuantizedTensor {
        let range = type.leastValue...Int64(type.rawMax)
        let raw = (0..<shape.elementCount).map { _ in Int64.random(in: range, using: &self) }
        return QuantizedTensor(type: type, shape: shape, raw: raw)
    }

    private mutating func network(_ io: IOType) throws -> Design {
        var shape = [Int.random(in: 1...24, using: &self)]
        if Int.random(in: 0..<3, using: &self) == 0 {
            shape = [Int.random(in: 2...5, using: &self), Int.random(in: 1...6, using: &self)]
            if Bool.random(using: &self) { shape = [Int.random(in: 1...5, using: &self)] + shape }
        }
        var type = type()
        var design = Design(
            io: io, compat: .native, inputs: [.init(name: "features", shape: shape, type: type)], nodes: [],
            outputs: [])
        var previous: TensorID = "features"
        for index in 1...Int.random(in: 2...6, using: &self) {
            let name = "layer\(index)"
            let operation: any DesignOperation
            if shape.count > 1, Bool.random(using: &self) {
                (operation, shape) = windowed(shape, type)
            } else if Int.random(in: 0..<5, using: &self) < 2 {
                let outputs = Int.random(in: 1...16, using: &self)
                operation = dense(shape[shape.count - 1], outputs)
                shape[shape.count - 1] = outputs
            } else {
                operation = try elementwise(shape, type)
            }
            design.nodes.append(.init(name: name, inputs: [previous], shape: shape, operation: operation))
            type = operation.results[0].storage
            if Int.random(in: 0..<6, using: &self) == 0 { design.outputs.append(TensorID(name)) }
            previous = TensorID(name)
        }
        if design.outputs.last != previous { design.outputs.append(previous) }
        return design
    }

    /// A convolution, pooling or padding over all axes before the channels, and the shape of what it gives.
    private mutating func windowed(_ shape: Shape, _ type: FixedType) -> (any DesignOperation, Shape) {
        let channels = shape[shape.count - 1], kind = Int.random(in: 0..<5, using: &self)
        let windows = shape.dropLast().map { window($0, isPadded: kind < 4) }
        let plane = Plane(windows, shape), result = self.type()
        switch kind {
        case 0:
            let pads = windows.map(\.pad)
            let operation = PaddingOperation(
                pads: pads, value: Constant(raw: Int64(type.rawMax), type: type.plain), resultType: result)
            return (operation, zip(shape, pads).map { $0 + $1.before + $1.after } + [channels])
        case 1:
            let accum = self.type(unsigned: false)
            let operation = PoolingOperation(
                kind: Bool.random(using: &self) ? .max : .average, windows: windows,
                countsPadding: Bool.random(using: &self), accum: accum,
                quotientFraction: accum.fraction + Int.random(in: 0...3, using: &self),
                floors: Bool.random(using: &self), resultType: result)
            return (operation, plane.outputShape(channels, axes: windows.count))
        default:
            let groups = (1...channels).filter { channels % $0 == 0 }.randomElement(using: &self) ?? 1
            let outputs = groups * Int.random(in: 1...3, using: &self)
            var product = product(plane.taps * channels / groups, outputs, groups)
            let atOnce = (1...plane.positions).filter {
                plane.positions % $0 == 0 && (plane.outputWidth % $0 == 0 || $0 % plane.outputWidth == 0)
            }
            let isLoop = product.strategy == .resource && product.reuse > 1
            product.parallelization = isLoop ? 1 : atOnce.randomElement(using: &self) ?? 1
            return (
                ConvolutionOperation(product: product, windows: windows, groups: groups),
                plane.outputShape(outputs, axes: windows.count)
            )
        }
    }

    /// A window that fits an axis, and sees some of it at each of its places.
    private mutating func window(_ count: Int, isPadded: Bool) -> Window {
        let size = Int.random(in: 1...min(3, count), using: &self)
        let dilation = size > 1 && 2 * (size - 1) < count && Bool.random(using: &self) ? 2 : 1
        let most = isPadded && dilation == 1 ? size - 1 : 0
        let pad = Pad(Int.random(in: 0...most, using: &self), Int.random(in: 0...most, using: &self))
        return Window(size: size, stride: Int.random(in: 1...2, using: &self), dilation: dilation, pad: pad)
    }

    private mutating func dense(_ n: Int, _ m: Int) -> any DesignOperation { product(n, m) }

    private mutating func product(_ n: Int, _ m: Int, _ groups: Int = 1) -> DenseOperation {
        let strategy = Strategy.allCases.randomElement(using: &self) ?? .latency
        let weight = type()
        let reuse =
            ReuseFactor.legal(inputs: n, outputs: m / groups, weightBits: weight.width).randomElement(using: &self) ?? 1
        let isExact = strategy == .distributedArithmetic
        return DenseOperation(
            weight: tensor([n, m], weight), bias: tensor([m], type()),
            accum: isExact ? nil : type(unsigned: false), resultType: type(), strategy: strategy,
            reuse: isExact ? 1 : reuse, exactSum: false)
    }

    private mutating func elementwise(_ shape: Shape, _ type: FixedType) throws -> any DesignOperation {
        let channels = shape[shape.count - 1], result = self.type()
        let table = tensor([[64, 100, 256].randomElement(using: &self) ?? 64], self.type())
        switch Int.random(in: 0..<8, using: &self) {
        case 0: return CastOperation(result)
        case 1:
            return BatchNormalizationOperation(
                scale: tensor([channels], self.type()), bias: tensor([channels], self.type()), resultType: result)
        case 2:
            let maximum = Bool.random(using: &self) ? Constant(1.75, as: .fixed(10, 4)) : nil
            return ReLUOperation(
                resultType: result, maximum: maximum, threshold: nil, inclusive: true, slope: nil)
        case 3:
            let slopes = Bool.random(using: &self) ? shape.elementCount : 1
            return ReLUOperation(
                resultType: result, maximum: nil, threshold: nil, inclusive: true,
                slope: tensor([slopes], self.type()))
        case 4:
            let isBinned = Bool.random(using: &self)
            let bins = TableOperation.Place.binned(first: -table.raw.count / 2, stepBits: type.integer - 3)
            return TableOperation(
                resultType: result, table: table,
                place: isBinned && type.width > 3 ? bins : .centred(rangeBits: 4))
        case 5:
            return ELUOperation(
                resultType: result, table: table, rangeBits: 3, positive: nil,
                negative: Constant(0.7, as: .fixed(9, 2)))
        case 6:
            return HardSigmoidOperation(
                resultType: result, slope: Constant(0.2, as: .ufixed(16, 0)),
                shift: Constant(0.5, as: .ufixed(2, 0)))
        default: return try softmax(shape, type)
        }
    }

    private mutating func softmax(_ shape: Shape, _ type: FixedType) throws -> any DesignOperation {
        var options = OptionTable()
        options.project.implementation = SoftmaxImplementation.allCases.randomElement(using: &self)
        let site = LoweringSite(
            layer: "softmax", typeName: "Softmax", options: options, io: .parallel,
            inputs: [.init(TensorSpec(type, shape), ranges: Ranges(of: type, count: shape.elementCount))],
            outputs: [shape])
        return try Softmax().lower(site).parts[0].operation
    }
}

extension FixedType {
    /// The least raw number that a conversion to the type gives: symmetric saturation leaves out the last one.
    var leastValue: Int64 { signed && overflow == .satSym ? -Int64(rawMax) : Int64(rawMin) }
}

extension RandomNetworks: RandomNumberGenerator {
    mutating func next() -> UInt64 { dice.next() }
}

internal import Basics
internal import FixedPoint
internal import LayerKit
internal import Layers
internal import Options

extension Operation {
    /// What the operation costs where it stands. One case a kind: the compiler asks for a new one.
    func estimate(_ site: EstimateSite) -> Estimate {
        switch self {
        case .dense(let operation): DenseEstimate(operation: operation, site: site).estimate
        case .scaleBias(let operation): operation.estimate(site)
        case .cast(let operation):
            site.elementwise(depth: 0, CastCost.cast(site.input, operation.resultType, site.target))
        case .rectifier(let operation): operation.estimate(site)
        case .exponentialUnit(let operation): operation.estimate(site)
        case .table(let operation): operation.estimate(site)
        case .hardSigmoid(let operation): operation.estimate(site)
        case .softmax(let operation): operation.estimate(site)
        case .view: site.view
        }
    }
}

extension EstimateSite {
    /// Elements under another shape: nothing in arrays; in streams of another grouping, one element in each cycle.
    fileprivate var view: Estimate {
        guard io == .stream, inputShape.last != outputShape.last else { return Estimate(latency: 0, interval: 1) }
        let steps = max(groups, max(1, outputShape.elementCount / max(1, outputShape.last ?? 1)))
        var result = ElementwiseSchedule.stream(groups: steps, depth: 0, target)
        result.ff = Count.times(max(channels, outputShape.last ?? 1), input.width)
        result.lut = result.ff
        return result
    }
}

extension ScaleBiasOperation {
    fileprivate func estimate(_ site: EstimateSite) -> Estimate {
        let exact = exactType(site.input)
        // A constant for each element where all are worked on at once; else one out of a small memory.
        let constants = site.io == .parallel || channels == site.channels
        var result = site.elementwise(
            depth: site.target.cycles(site.target.family == .series7 ? 15 : 8, least: 1),
            CastCost.cast(exact, resultType, site.target))
        if constants {
            for index in 0..<site.parallel {
                result.occupy(
                    site.product(scale.raw.isEmpty ? 0 : scale.raw[index % scale.raw.count], bits: site.input.width))
            }
        } else {
            let bits = Count.times(site.channels, scale.type.width + bias.type.width)
            let products = Multiplier.blocks(
                site.input.width, scale.type.width, count: site.channels, site.target.family)
            let depth = channels / max(1, site.channels)
            result.occupy(Estimate(dsp: products, bram18: Memory.blocks(depth: depth, bits: bits)))
        }
        let adder = Multiplier.adder(exact.width, site.target.tool)
        result.occupy(Estimate(lut: adder, ff: exact.width).copies(site.parallel))
        return result
    }
}

extension RectifierOperation {
    fileprivate func estimate(_ site: EstimateSite) -> Estimate {
        let law = RectifierLaw(
            dataBits: site.input.width, resultBits: resultType.width, resultSigned: resultType.signed)
        let plain = maximum == nil && threshold == nil && slope == nil
        var result =
            plain && site.io == .stream
            ? law.stream(channels: site.channels, groups: site.groups, site.target)
            : site.elementwise(depth: slope == nil ? 0 : 1, law.element(site.target))
        result.occupy(CastCost.cast(site.input, resultType, site.target).copies(site.parallel))
        // Each further bound is one comparison and one choice.
        let bounds = [maximum, threshold].compactMap { $0 }.count
        result.occupy(Estimate(lut: bounds * (site.input.width + resultType.width)).copies(site.parallel))
        if let slope, !slope.raw.isEmpty {
            for index in 0..<site.parallel {
                result.occupy(site.product(slope.raw[index % slope.raw.count], bits: site.input.width))
            }
        }
        return result
    }
}

extension TableOperation {
    fileprivate func estimate(_ site: EstimateSite) -> Estimate {
        var result = site.elementwise(
            depth: 2, Estimate(lut: 2 * site.input.width, ff: table.type.width))
        result.occupy(Memory.table(table, readers: site.parallel))
        return result
    }
}

extension ExponentialUnitOperation {
    fileprivate func estimate(_ site: EstimateSite) -> Estimate {
        var element = Estimate(lut: 2 * site.input.width + resultType.width, ff: table.type.width)
        if let positive { element.occupy(site.product(positive.raw, bits: site.input.width)) }
        if let negative { element.occupy(site.product(negative.raw, bits: table.type.width)) }
        var result = site.elementwise(depth: 3, element)
        result.occupy(Memory.table(table, readers: site.parallel))
        return result
    }
}

extension HardSigmoidOperation {
    fileprivate func estimate(_ site: EstimateSite) -> Estimate {
        let exact = exactType(site.input)
        var element = site.product(slope.raw, bits: site.input.width)
        // The shift, and the two bounds.
        element.occupy(Estimate(lut: Multiplier.adder(exact.width, site.target.tool) + 2 * resultType.width))
        element.occupy(CastCost.cast(exact, resultType, site.target))
        return site.elementwise(depth: 1, element)
    }
}

internal import Basics
internal import FixedPoint
internal import LayerKit
internal import Layers
internal import Options

/// A matrix product as our kernels schedule it.
struct DenseEstimate {
    let operation: DenseOperation
    let site: EstimateSite

    private var accumulator: FixedType { operation.accum ?? operation.exactType(site.input) }

    private var law: DenseLaw {
        DenseLaw(
            inputs: operation.inputCount, outputs: operation.outputCount, reuse: max(1, operation.reuse),
            nonZero: operation.weight.raw.count { $0 != 0 }, dataBits: site.input.width,
            weightBits: operation.weight.type.width, accumBits: accumulator.width)
    }

    var estimate: Estimate {
        let positions = max(1, site.count / max(1, operation.inputCount))
        var one = kernel
        one.occupy(CastCost.cast(accumulator, operation.resultType, site.target).copies(operation.outputCount))
        guard site.io == .stream else {
            let isLoop = operation.strategy == .resource && operation.reuse > 1
            guard positions > 1 else { return one }
            // Straight-line code stands there once for every position; a loop is run again.
            return isLoop ? repeated(one, positions) : one.copies(positions)
        }
        let groups = max(1, operation.inputCount / site.channels)
        one.latency = Count.plus(one.latency, groups == 1 ? 1 : groups + 1)
        one.interval = one.latency
        one.ff = Count.plus(one.ff, Count.times(operation.inputCount, site.input.width))
        return repeated(one, positions)
    }

    /// One call after the other through the same hardware.
    private func repeated(_ one: Estimate, _ times: Int) -> Estimate {
        var result = one
        result.latency = Count.times(one.latency, times)
        result.interval = result.latency
        result.fill = one.latency
        return result
    }

    private var kernel: Estimate {
        switch operation.strategy {
        case .latency, .unrolled: operation.reuse > 1 ? law.shared(site.target) : unrolled
        case .distributedArithmetic: distributed
        case .resource: operation.reuse > 1 ? loop : unrolled
        }
    }

    private var loop: Estimate {
        let n = operation.inputCount, m = operation.outputCount
        var columns: [Int64] = []
        columns.reserveCapacity(operation.weight.raw.count)
        for j in 0..<m { for i in 0..<n { columns.append(operation.weight.raw[i * m + j]) } }
        let bits = Memory.changingBits(columns, depth: operation.reuse, width: operation.weight.type.width)
        return law.loop(site.target, wordBits: bits)
    }

    private var unrolled: Estimate {
        var estimate = law.unrolled(site.target)
        let products = ConstantProducts(operation, dataBits: site.input.width, site.target)
        estimate.dsp = products.blocks
        estimate.lut = Count.plus(estimate.lut, products.lut)
        return estimate
    }

    /// Sums at full width; no product takes a block, every digit beyond a weight's first is one more addition.
    private var distributed: Estimate {
        var law = law
        law.nonZero = operation.weight.raw.reduce(0) { $0 + Multiplier.digits($1) }
        return law.unrolled(site.target)
    }
}

/// The products of unrolled constant weights.
struct ConstantProducts {
    private(set) var blocks = 0
    /// Of the products that stay in logic, beyond the one addition that each weight has.
    private(set) var lut = 0

    /// Equal constants on one input are one multiplier; the older tool also takes `-c` for `c`.
    init(_ operation: DenseOperation, dataBits: Int, _ target: Target) {
        let m = operation.outputCount
        guard m > 0 else { return }
        var seen: Set<Int64> = []
        for i in 0..<operation.inputCount {
            seen.removeAll(keepingCapacity: true)
            for weight in operation.weight.raw[(i * m)..<((i + 1) * m)] where weight != 0 {
                let constant = target.tool == .vivado ? Int64(clamping: weight.magnitude) : weight
                guard seen.insert(constant).inserted, Multiplier.digits(weight) >= 3 else { continue }
                if Multiplier.needsBlock(constant, dataBits: dataBits) {
                    blocks += 1
                } else {
                    lut += 2 * (dataBits + Multiplier.bits(constant))
                }
            }
        }
    }
}

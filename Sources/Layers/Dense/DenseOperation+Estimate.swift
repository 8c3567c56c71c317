internal import AdderGraphs
internal import Basics
public import Estimates
import FixedPoint
public import LayerKit
import Options

extension DenseOperation {
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        DenseEstimate(operation: self, site: site, target: target).estimate
    }

    /// The products where every weight is a constant in the logic.
    func constantProducts(_ input: FixedType, _ tool: Target.Tool) -> ConstantProducts {
        ConstantProducts(weight.raw, outputs: outputCount, dataBits: Multiplier.side(input), tool)
    }
}

/// A matrix product as our kernels schedule it.
private struct DenseEstimate {
    let operation: DenseOperation
    let site: OperationSite
    let target: Target

    private var accumulator: FixedType { operation.accum ?? operation.exactType(site.input.type) }

    private var law: DenseLaw {
        DenseLaw(
            inputs: operation.inputCount, outputs: operation.outputCount, reuse: max(1, operation.reuse),
            nonZero: operation.weight.raw.count { $0 != 0 }, dataBits: site.input.type.width,
            weightBits: operation.weight.type.width, accumBits: accumulator.width,
            factors: (Multiplier.side(site.input.type), Multiplier.side(operation.weight.type)))
    }

    var estimate: Estimate {
        var one = kernel
        one.occupy(CastCost.cast(accumulator, operation.resultType, target).copies(operation.outputCount))
        guard site.io == .stream else {
            guard positions > 1 else { return one }
            // A loop is run again; straight-line code is a step of one, and stands there for every position of a turn.
            if operation.isLoop { return repeated(one, positions) }
            let once = max(1, operation.parallelization)
            let registers = Count.plus(site.input.bits, site.output.bits)
            return one.copies(once).inTurns(positions / once, bits: registers)
        }
        let groups = max(1, operation.inputCount / site.input.channels)
        one.latency = Count.plus(one.latency, groups == 1 ? 1 : groups + 1)
        one.ff = Count.plus(one.ff, Count.times(operation.inputCount, site.input.type.width))
        return groups == 1 && !operation.isLoop ? pipelined(one, positions) : repeated(one, positions)
    }

    private var positions: Int { max(1, site.input.count / max(1, operation.inputCount)) }

    /// One vector behind the other through the same hardware.
    private func pipelined(_ one: Estimate, _ times: Int) -> Estimate {
        guard times > 1 else { return one }
        var result = ElementwiseSchedule.stream(
            groups: times, depth: one.latency, interval: one.interval, target)
        result.occupy(one)
        return result
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
        case .latency, .unrolled:
            operation.reuse > 1 ? law.shared(target, products: products.multipliers) : unrolled
        case .distributedArithmetic: distributed
        case .resource: operation.isLoop ? loop : unrolled
        }
    }

    private var products: ConstantProducts { operation.constantProducts(site.input.type, target.tool) }

    private var loop: Estimate {
        let bits = Memory.changingBits(
            operation.weight.raw, outputs: operation.outputCount, depth: operation.reuse,
            width: operation.weight.type.width)
        return law.loop(
            target, wordBits: bits, rewinds: site.io == .parallel && positions == 1,
            inBlocks: operation.reuse > DenseOperation.logicWords)
    }

    private var unrolled: Estimate {
        var estimate = law.unrolled(target)
        let products = products
        estimate.dsp = products.blocks
        estimate.lut = Count.plus(estimate.lut, products.lut)
        return estimate
    }

    /// What the graph takes, or may take where it is still to be found; numbers too wide for one are multiplied.
    private var distributed: Estimate {
        if let adders = operation.adders { return additions(adders) }
        guard let task = operation.adderTask(site) else { return unrolled }
        let forecast = AdderForecast(task)
        let latency = latency(depth: forecast.depth)
        // A number is kept until the last that is made of it: as found in graphs, 1.2 levels on the average.
        let kept = 1.2 * Double(forecast.luts) * Double(latency) / Double(max(1, forecast.depth))
        return Estimate(latency: latency, interval: 1, lut: forecast.luts, ff: Count.rounded(kept))
    }

    /// Cycles of so many levels of adders on routing, as reports of sums at 5 ns have it (`DenseLaw.unrolled`); 7 series:
    /// half as fast.
    private func latency(depth: Int) -> Int {
        let level = target.family == .series7 ? 2.1 : 1.05
        return target.cycles(2.5 + level * Double(depth), least: 1)
    }

    /// The adders as they are: a table for every bit of a carry chain, a register for every bit that a cycle leaves to
    /// the next.
    private func additions(_ graph: AdderGraph) -> Estimate {
        let latency = latency(depth: graph.depth)
        func cycle(_ depth: Int) -> Int { min(latency, depth * latency / max(1, graph.depth)) }
        var ends = graph.depths.map(cycle)
        for (index, sum) in graph.sums.enumerated() {
            let end = cycle(graph.depths[graph.firstSum + index])
            ends[sum.left] = max(ends[sum.left], end)
            ends[sum.right] = max(ends[sum.right], end)
        }
        for case .node(let node, shift: _) in graph.outputs { ends[node] = latency }
        var registers = 0
        for (node, values) in graph.intervals.enumerated() where !graph.isConstant(node) {
            registers += (values.width - values.zeros) * (ends[node] - cycle(graph.depths[node]))
        }
        return Estimate(latency: latency, interval: 1, lut: graph.lutCount, ff: registers)
    }
}

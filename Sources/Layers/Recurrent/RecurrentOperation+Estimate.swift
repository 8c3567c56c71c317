internal import Basics
public import Estimates
import FixedPoint
public import LayerKit
import Options

extension RecurrentOperation {
    /// The hardware of one step, which all steps use one after the other.
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        var step = Estimate()
        for (index, product) in products(site).enumerated() {
            let one = product.operation.estimate(product.site, target)
            // Input and state are multiplied at the same time; a candidate waits for its gate.
            step.latency = index == 1 ? max(step.latency, one.latency) : Count.plus(step.latency, one.latency)
            step.occupy(one)
        }
        for function in functions {
            let one = function.operation.definition.estimate(function.site, target)
            step.latency = Count.plus(step.latency, one.latency)
            step.occupy(one.copies(function.times))
        }
        step.occupy(mixing(target))
        step.latency = Count.plus(step.latency, cell == .simple ? 1 : 5)
        let steps = site.input.shape[0]
        let columns = Count.times(cell.gates, units)
        step.occupy(Estimate(lut: Multiplier.adder(sumType.width, target.tool)).copies(columns))
        // States, sums and, in arrays, the features and results on their way.
        var held = Count.times(units, Count.plus(stateType.width, cellType?.width ?? 0))
        if site.io == .parallel || reversed { held = Count.plus(held, site.input.bits) }
        if site.io == .parallel { held = Count.plus(held, site.output.bits) }
        step.occupy(Estimate(ff: Count.plus(held, Count.times(columns, sumType.width))))
        var result = step
        let ends = reversed && site.io == .stream ? Count.plus(steps, 2) : 2
        result.latency = Count.plus(Count.times(steps, Count.plus(step.latency, 1)), ends)
        result.interval = result.latency
        result.fill = site.io == .stream && outputs == [.sequence] ? Count.plus(step.latency, ends) : result.latency
        return result
    }

    /// What multiplies numbers that are not trained.
    private func mixing(_ target: Target) -> Estimate {
        guard let gate = gate?.result else { return Estimate() }
        let side = Multiplier.side(gate)
        var result = Estimate()
        func multiply(_ type: FixedType?) {
            guard let type else { return }
            let other = Multiplier.side(type)
            let blocks = Multiplier.blocks(side, other, count: units, target.family)
            let logic = blocks == 0 ? Count.times(units, Count.times(side, other)) : 0
            result.occupy(Estimate(lut: logic, dsp: blocks))
        }
        switch cell {
        case .simple: break
        case .lstm: for type in [activation.result, cellType, cellActivation?.result] { multiply(type) }
        case .gru:
            let reset = candidate == nil ? state.resultType : stateType
            for type in [activation.result, stateType, reset] { multiply(type) }
        }
        return result
    }
}

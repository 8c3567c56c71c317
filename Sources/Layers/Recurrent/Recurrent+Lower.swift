public import Basics
import FixedPoint
public import LayerKit
import Options

extension Recurrent {
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        guard quantizers == nil, resetActivation == nil else {
            throw site.error(
                "what it rounds inside of itself has no firmware",
                help: "'hlsbuild predict --engine float' computes it as trained")
        }
        var lowering = RecurrentLowering(self, site)
        switch site.compat {
        case .native: return try lowering.native()
        case .hls4ml: return try lowering.peer()
        }
    }
}

extension RecurrentLowering {
    /// As the peer does: every sum and function has the accumulator's type, every state the result's.
    mutating func peer() throws(DiagnosticError) -> Lowered {
        let rules = site.rules.withoutInference, stateType = rules.result(inferred: site.rules.project.modelDefault)
        let accum = rules.accumulator(inferred: rules.project.modelDefault)
        let features = layer.kernel.shape[0]
        func value(_ type: FixedType, _ count: Int) -> LoweringSite.Value {
            LoweringSite.Value(TensorSpec(type, [count]), ranges: Ranges(of: type, count: count))
        }
        let sums = Interval(accum.minimum, accum.maximum), states = Interval(stateType.minimum, stateType.maximum)
        let isLSTM = layer.cell == .lstm, isSimple = layer.cell == .simple
        var operation = RecurrentOperation(
            cell: layer.cell, input: try input(value(site.inputs[0].type, features)).operation,
            state: try state(value(stateType, units)).operation, sumType: accum,
            activation: try function(layer.activation, of: accum, sums, result: .type(accum)).operation,
            stateType: stateType, reversed: layer.reversed, outputs: layer.results)
        if !isSimple {
            operation.gate = try function(layer.recurrentActivation, of: accum, sums, result: .type(accum)).operation
        }
        if isLSTM {
            operation.cellType = stateType
            operation.cellActivation =
                try function(layer.activation, of: stateType, states, result: .type(accum)).operation
        }
        if case .gru = layer.cell { operation.resetType = accum }
        if isResetBefore { operation.candidate = try candidate(value(accum, units)).operation }
        return lowered(operation, hidden: states, cell: states)
    }
}

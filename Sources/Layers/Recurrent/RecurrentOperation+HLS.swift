internal import Basics
internal import Estimates
import FixedPoint
public import LayerKit
import Options
public import Streams

extension RecurrentOperation {
    public func hls(_ site: OperationSite) -> HLSForm {
        guard (1...3).contains(outputs.count), site.inputs.count <= 3 else {
            return .unsupported("\(outputs.count) results of a recurrent layer")
        }
        var parts: [HLSCall.Part] = []
        let names = [("input", ""), ("recurrent", "recurrent_"), ("candidate", "candidate_")]
        for (product, name) in zip(products(site), names) {
            guard case .call(var call) = product.operation.hls(product.site) else { continue }
            // Its loop stands in the one over the steps.
            call.members = call.members.map { if case .flag("rewind", _) = $0 { .flag("rewind", false) } else { $0 } }
            parts.append(.init(name.0, call, prefix: name.1))
        }
        for (function, name) in zip(functions, functionNames) {
            guard case .call(let call) = function.operation.definition.hls(function.site) else { continue }
            parts.append(.init(name.0, call, prefix: name.1))
        }
        let steps = site.input.shape[0], kept = outputs.contains(.sequence) ? steps : 1
        return .call(
            HLSCall(
                Self.kernel(inputs: site.inputs.count, outputs: outputs.count), header: "nnet_recurrent",
                members: [
                    .size("n_in", site.input.count), .size("n_steps", steps), .size("n_features", features),
                    .size("n_units", units), .size("n_kept", Count.times(kept, units)), .flag("reversed", reversed),
                    .policy("kind", "nnet::" + kind), .policy("results", "nnet::recurrent_results<\(resultKinds)>"),
                ] + types, parts: parts, schedule: schedule(site)))
    }

    private static func kernel(inputs: Int, outputs: Int) -> String {
        "recurrent" + ["", "_h", "_hc"][inputs - 1] + ["", "_two", "_three"][outputs - 1]
    }

    private var kind: String {
        switch cell {
        case .simple: "simple_cell"
        case .lstm: "lstm_cell"
        case .gru(resetAfter: true): "gru_cell"
        case .gru(resetAfter: false): "gru_before_cell"
        }
    }

    private var resultKinds: String { outputs.map { "nnet::recurrent_\($0.rawValue)" }.joined(separator: ", ") }

    /// What the struct of each function is called, and what stands in front of its constants' roles.
    private var functionNames: [(String, String)] {
        (gate == nil ? [] : [("gate", "gate_")]) + [("activation", "")] + [("cell_activation", "cell_")]
    }

    private var types: [HLSCall.Member] {
        let all: [(String, FixedType?)] = [
            ("input_t", input.resultType), ("recurrent_t", state.resultType), ("candidate_t", candidate?.resultType),
            ("sum_t", sumType), ("gate_t", gate?.result), ("rest_t", cell == .lstm ? nil : restType),
            ("made_t", activation.result), ("shown_t", cellActivation?.result), ("reset_t", resetType),
            ("cell_t", cellType ?? stateType), ("state_t", stateType),
        ]
        return all.compactMap { name, type in type.map { .type(name, $0) } }
    }

    /// A loop over the steps, of which each begins when the one before it has ended.
    private func schedule(_ site: OperationSite) -> HLSCall.Schedule {
        let products = products(site), turns = products.map { Self.sharing($0.operation) }
        guard turns.contains(where: { $0 > 1 }) else { return .loops }
        return .ownPipeline(
            interval: 1,
            multipliers: MultiplierLimit { tool in
                zip(products, turns).reduce(multiplications) { sum, product in
                    let count = product.0.operation.constantProducts(product.0.site.input.type, tool).multipliers
                    return Count.plus(sum, Count.ratio(count, product.1))
                }
            })
    }

    /// How many products of straight-line code share a multiplier.
    private static func sharing(_ product: DenseOperation) -> Int {
        switch product.strategy {
        case .latency, .unrolled: max(1, product.reuse)
        case .resource, .distributedArithmetic: 1
        }
    }

    /// Products of two numbers that are not trained, in a step.
    var multiplications: Int {
        switch cell {
        case .simple: 0
        case .lstm, .gru: Count.times(3, units)
        }
    }

    public func size(_ site: OperationSite) -> FunctionSize? {
        let sizes = products(site).compactMap { product in product.operation.size(product.site) }
        return FunctionSize(
            units: 1, products: sizes.reduce(0) { Count.plus($0, Count.times($1.products, $1.units)) },
            wordBits: sizes.map { Count.times($0.wordBits, $0.units) }.max() ?? 0,
            collected: site.io == .stream && reversed ? site.input.count : 0)
    }

    /// The states come in, then a step for each element, or all elements and then the steps; states go out at the end.
    public func tokens(_ site: OperationSite) -> TokenSchedule {
        let steps = site.input.shape[0], compute = products(site).map { max(1, $0.operation.reuse) }.max() ?? 1
        let levels = Int.bitWidth - max(features, units).leadingZeroBitCount
        // Two products one behind the other at most, their sums, look-ups and three products of two numbers.
        let work = TokenSchedule.Steps(1, interval: 2 * compute, slack: 96 + 4 * levels)
        func writes(_ isWritten: (Recurrent.Result) -> Bool) -> [TokenSchedule.Steps] {
            outputs.indices.filter { isWritten(outputs[$0]) }.map { TokenSchedule.Steps(1, writes: .only($0)) }
        }
        let states = site.inputs.indices.dropFirst().map { TokenSchedule.Steps(1, reads: .only($0)) }
        let read = TokenSchedule.Steps(1, reads: .only(0))
        let step = [work] + writes { $0 == .sequence }
        let all = TokenSchedule.Steps(steps, reads: .only(0))
        let sequence: [TokenSchedule.Round] =
            reversed ? [.init(1, [all]), .init(steps, step)] : [.init(steps, [read] + step)]
        return TokenSchedule([.init(1, states)] + sequence + [.init(1, writes { $0 != .sequence })])
    }
}

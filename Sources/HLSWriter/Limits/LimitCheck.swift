internal import Basics
internal import Estimates
import FixedPoint
import LayerKit
import Layers
import Options

/// What of a project its tool would refuse, or not get through in reasonable time, found before it has run for hours.
struct LimitCheck {
    let placed: PlacedDesign
    let plan: Plan
    let tool: Target.Tool

    private var limits: ToolLimits { tool.limits }

    /// What would be refused.
    var errors: [Diagnostic] {
        placed.design.inputs.compactMap { registers($0.name, $0.spec) }
            + plan.layers.flatMap { layer in
                layer.outputs.compactMap { registers(layer.name, $0.tensor) }
                    + [collected(layer), undivided(layer)].compactMap(\.self)
            }
    }

    /// What would take very long.
    var warnings: [Diagnostic] {
        guard !limits.refusesProducts else { return [] }
        return plan.layers.compactMap { layer in
            guard let size = layer.operation.size(layer.site), let functions = size.functions(within: limits) else {
                return nil
            }
            let products = Count.times(size.products, Count.ratio(size.units, functions))
            guard products > limits.products else { return nil }
            return .warning(
                "layer '\(layer.name)': \(products) products are unrolled in one function; \(tool.title) takes very long "
                    + "for more than some \(limits.products)", subject: ["layers", layer.name, "reuse"],
                help: help(layer) { size in Count.times(size.products, size.units) <= limits.products })
        }
    }

    /// A tensor whose elements are worked on at once: all of them in arrays, a group in streams.
    private func registers(_ name: String, _ tensor: TensorSpec) -> Diagnostic? {
        guard let most = limits.elements else { return nil }
        switch plan.io {
        case .parallel:
            guard tensor.count > most else { return nil }
            return .error(
                "layer '\(name)': \(tensor.count) elements are registers, \(tool.title) takes \(most) at most",
                subject: ["layers", name],
                help: "'io: stream' passes them in groups; 'backend: vitis' has no such limit")
        case .stream:
            guard tensor.channels > most else { return nil }
            return .error(
                "layer '\(name)': groups of \(tensor.channels) elements pass at once, \(tool.title) takes \(most) at most",
                subject: ["layers", name], help: "'backend: vitis' has no such limit")
        }
    }

    /// Inputs that a function for streams keeps until it has all of them.
    private func collected(_ layer: Plan.Layer) -> Diagnostic? {
        guard let most = limits.elements, let size = layer.operation.size(layer.site), size.collected > most,
            layer.site.input.channels <= most
        else { return nil }
        return .error(
            "layer '\(layer.name)': \(size.collected) inputs are collected in registers, \(tool.title) takes \(most) at most",
            subject: ["layers", layer.name], help: "'backend: vitis' has no such limit")
    }

    /// A layer of which not even one output fits a function.
    private func undivided(_ layer: Plan.Layer) -> Diagnostic? {
        guard let size = layer.operation.size(layer.site), size.functions(within: limits) == nil else { return nil }
        let isWord = size.wordBits > limits.wordBits
        let fault =
            isWord
            ? "one output reads weights of \(size.wordBits) bits at once, \(tool.title) takes words of \(limits.wordBits)"
            : "one output alone is \(size.products) products in a function, \(tool.title) unrolls \(limits.products)"
        return .error(
            "layer '\(layer.name)': \(fault) at most", subject: ["layers", layer.name, isWord ? "reuse" : "strategy"],
            help: help(layer) { $0.functions(within: limits) != nil })
    }

    /// The reuse factors and strategies of a layer that the tool takes.
    private func help(_ layer: Plan.Layer, _ takes: (FunctionSize) -> Bool) -> String {
        let legal = layer.operation.choices(layer.site).filter { $0.operation.size(layer.site).map(takes) ?? true }
        let strategies = legal.reduce(into: [Strategy]()) { if $0.last != $1.strategy { $0.append($1.strategy) } }
        guard !strategies.isEmpty else { return "no reuse factor and no strategy makes it small enough" }
        return strategies.map { strategy in
            let factors = legal.filter { $0.strategy == strategy }.map { "\($0.reuse)" }
            return "with 'strategy: \(strategy.rawValue)' legal reuse factors are \(factors.joined(separator: ", "))"
        }.joined(separator: "; ")
    }
}

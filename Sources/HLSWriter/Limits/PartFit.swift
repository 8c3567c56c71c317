internal import Basics
internal import Estimates
import LayerKit
import Layers
import Options

/// Whether a design is expected to fit its part, and which reuse factors or strategies would make it fit.
struct PartFit {
    private let placed: PlacedDesign
    private let part: Part
    private let target: Target
    private let estimate: DesignEstimate

    /// Nil: nothing is known of the part.
    init?(_ placed: PlacedDesign, _ settings: WriterSettings) {
        guard let part = Part.named(settings.part) else { return nil }
        self.placed = placed
        self.part = part
        target = Target(
            tool: settings.dialect.tool, family: .init(part: settings.part), period: Double(settings.clockPeriod) ?? 0)
        estimate = DesignEstimate(placed, target)
    }

    /// What is counted of a part.
    private enum Resource: String, CaseIterable {
        case lut = "LUT"
        case ff = "FF"
        case dsp = "DSP"
        case bram18 = "BRAM18"

        func offered(_ part: Part) -> Int {
            switch self {
            case .lut: part.lut
            case .ff: part.ff
            case .dsp: part.dsp
            case .bram18: part.bram18
            }
        }

        func needed(_ estimate: Estimate) -> Int {
            switch self {
            case .lut: estimate.lut
            case .ff: estimate.ff
            case .dsp: estimate.dsp
            case .bram18: estimate.bram18
            }
        }
    }

    /// One for each resource of which the part has too little, about the layer that takes most of it.
    var warnings: [Diagnostic] {
        let short = Resource.allCases.filter { $0.needed(estimate.total) > $0.offered(part) }
        guard !short.isEmpty else { return [] }
        let remedy = remedy(for: short[0])
        return short.compactMap { resource in
            guard let most = largest(resource) else { return nil }
            let needed = resource.needed(estimate.total), offered = resource.offered(part)
            let percent = Count.rounded(100 * Double(needed) / Double(max(1, offered)))
            return .warning(
                "C synthesis is expected to report \(needed) \(resource.rawValue), \(percent) % of the \(offered) of "
                    + "\(part.device); layer '\(most.name)' takes \(resource.needed(most.estimate)) of them",
                subject: ["layers", most.name, "reuse"], help: remedy)
        }
    }

    private func largest(_ resource: Resource) -> DesignEstimate.Layer? {
        estimate.layers.max { resource.needed($0.estimate) < resource.needed($1.estimate) }
    }

    /// A layer, and how else it may be laid out.
    private struct Choices {
        var layer: String
        var site: OperationSite
        var choices: [OperationChoice]
    }

    /// A layer laid out otherwise.
    private struct Trial {
        var layer: String
        var estimate: Estimate
        var setting: String

        init(_ choice: OperationChoice, of choices: Choices, _ target: Target) {
            layer = choices.layer
            estimate = choice.operation.estimate(choices.site, target)
            setting = "\(choices.layer): {strategy: \(choice.strategy.rawValue), reuse: \(choice.reuse)}"
        }
    }

    /// The first legal choice that fits: of the layer that takes most, or else of all layers alike, where the reuse
    /// doubles from one attempt to the next.
    private func remedy(for resource: Resource) -> String {
        let all = placed.live.map { index -> Choices in
            let node = placed.design.nodes[index], site = placed.sites[index]
            return Choices(layer: node.name, site: site, choices: node.operation.definition.choices(site))
        }
        let most = largest(resource)?.name
        if let one = all.first(where: { $0.layer == most }),
            let trial = firstFitting(one)
        {
            return Self.text([trial])
        }
        let highest = all.flatMap(\.choices).map(\.reuse).max() ?? 1
        for strategy in Strategy.allCases {
            var least = 2
            while least <= highest {
                let changed = all.compactMap { layer in
                    layer.choices.first { $0.strategy == strategy && $0.reuse >= least }.map {
                        Trial($0, of: layer, target)
                    }
                }
                if !changed.isEmpty, fits(changed) { return Self.text(changed) }
                least *= 2
            }
        }
        return "no legal reuse factor and strategy is expected to fit: take narrower types or a larger part"
    }

    /// The smallest reuse factor of the first strategy that fits. A layer may have thousands, and each takes a look at all
    /// weights; since more reuse takes less hardware, factors are doubled in number until one fits, and the gap before it
    /// is halved.
    private func firstFitting(_ layer: Choices) -> Trial? {
        var strategies: [Strategy] = []
        for choice in layer.choices where strategies.last != choice.strategy { strategies.append(choice.strategy) }
        for strategy in strategies {
            let choices = layer.choices.filter { $0.strategy == strategy }
            func fitting(_ index: Int) -> Trial? {
                let trial = Trial(choices[index], of: layer, target)
                return fits([trial]) ? trial : nil
            }
            // None before `low` fits; the one at `high` may.
            var low = 0, high = 0
            var best = choices.isEmpty ? nil : fitting(high)
            while best == nil, high < choices.count - 1 {
                low = high + 1
                high = min(2 * high + 1, choices.count - 1)
                best = fitting(high)
            }
            guard best != nil else { continue }
            while low < high {
                let middle = (low + high) / 2
                if let trial = fitting(middle) { (best, high) = (trial, middle) } else { low = middle + 1 }
            }
            return best
        }
        return nil
    }

    /// Whether the design fits with some layers laid out otherwise.
    private func fits(_ trials: [Trial]) -> Bool {
        let changed = Dictionary(trials.map { ($0.layer, $0.estimate) }) { first, _ in first }
        let layers = estimate.layers.map { changed[$0.name] ?? $0.estimate }
        return Resource.allCases.allSatisfy { resource in
            layers.reduce(0) { Count.plus($0, resource.needed($1)) } <= resource.offered(part)
        }
    }

    private static func text(_ trials: [Trial]) -> String {
        let shown = 8
        let more = trials.count > shown ? ", and so on for \(trials.count - shown) more" : ""
        return "'layers: {\(trials.prefix(shown).map(\.setting).joined(separator: ", "))}'\(more) is expected to fit"
    }
}

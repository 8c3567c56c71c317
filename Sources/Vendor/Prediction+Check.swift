internal import Basics
internal import Reports

extension Prediction {
    /// A warning for each layer that C synthesis made something else of than was asked for: no pipeline, a pipeline that
    /// takes a sample less often, or more multiplier blocks than the weights explain.
    ///
    /// - Parameters:
    ///   - rows: The rows of the reports of C synthesis.
    ///   - interval, dsp: Of the whole design.
    ///   - top: The name of the top function.
    func check(rows: [CsynthRow], interval measured: Int?, dsp total: Int?, top: String) -> [Diagnostic] {
        let found = ReportAttribution(rows: rows, layers: layers.map(\.name), top: top).layers
        var told: [Diagnostic] = []
        for (layer, report) in zip(layers, found) {
            told += layer.form == .pipelined ? pipeline(layer, report.module) : loops(layer, report.rows)
            told += Self.blocks(report.module?.resources.dsp, layer.dsp, "layer '\(layer.name)'", Self.subject(layer))
        }
        let isExplained = !told.isEmpty
        if let interval, let measured, measured > interval, !isExplained {
            told.append(
                .warning(
                    "C synthesis: the design takes a sample every \(measured) cycles, \(interval) was predicted",
                    help: "see the warnings in the log of synth: 'hlsbuild log synth'"))
        }
        if !isExplained { told += Self.blocks(total, dsp, "the design", []) }
        return told
    }

    private static func subject(_ layer: Layer) -> [String] { ["layers", layer.name] }

    /// Code that takes no cycle has no pipeline, whatever the report calls it.
    private func pipeline(_ layer: Layer, _ row: CsynthRow?) -> [Diagnostic] {
        guard let row, (row.latency.max ?? 1) > 0 else { return [] }
        if Self.isUnpipelined(row.pipeline) {
            let latency = row.latency.max.map { ": it takes \($0) cycles, \(layer.latency) were predicted" } ?? ""
            return [
                .warning(
                    "C synthesis: layer '\(layer.name)' is not pipelined, an interval of \(layer.target) was asked "
                        + "for\(latency)", subject: Self.subject(layer), help: Self.lost)
            ]
        }
        guard let interval = row.interval.max, interval > layer.target else { return [] }
        return [slow(layer, "layer '\(layer.name)' takes a sample every \(interval) cycles", interval)]
    }

    /// The innermost loops are the pipelines.
    private func loops(_ layer: Layer, _ rows: [CsynthRow]) -> [Diagnostic] {
        let parents = Set(rows.compactMap(\.parent))
        let isPipelined = rows.contains { $0.kind == .loop && !Self.isUnpipelined($0.pipeline) }
        // Vitis HLS makes a module of an inner pipeline, and does not say in which loop it stands.
        let outer = Set(rows.filter { $0.kind == .module && $0.name.contains("_Pipeline_") }.compactMap(\.parent))
        for row in rows where row.kind == .loop && !parents.contains(row.name) && (row.tripCount.max ?? 2) > 1 {
            let isOuter = isPipelined && row.parent.map(outer.contains) == true
            if layer.form == .loops, !isOuter, Self.isUnpipelined(row.pipeline) {
                return [
                    .warning(
                        "C synthesis: loop '\(row.name)' of layer '\(layer.name)' is not pipelined, a step in every "
                            + "cycle was asked for", subject: Self.subject(layer), help: Self.lost)
                ]
            }
            if let interval = row.interval.max, interval > layer.target, !Self.isUnpipelined(row.pipeline) {
                let text = "loop '\(row.name)' of layer '\(layer.name)' begins a step every \(interval) cycles"
                return [slow(layer, text, interval)]
            }
        }
        return []
    }

    private func slow(_ layer: Layer, _ text: String, _ interval: Int) -> Diagnostic {
        .warning(
            "C synthesis: \(text), \(layer.target) predicted", subject: Self.subject(layer),
            help: layer.form == .pipelined
                ? "'layers.\(layer.name).reuse: \(interval)' asks for what the tool reaches; narrower types or a longer "
                    + "clock period may reach \(layer.target)"
                : "narrower types or a longer clock period shorten the path that a step waits for")
    }

    /// More than a tenth above what the weights and types explain.
    private static func blocks(_ measured: Int?, _ predicted: Int, _ what: String, _ subject: [String]) -> [Diagnostic]
    {
        guard let measured, measured > predicted, measured > Count.plus(predicted, predicted / 10) else { return [] }
        return [
            .warning(
                "C synthesis: \(what) uses \(measured) DSP, \(predicted) predicted", subject: subject,
                help: "a higher reuse factor or narrower weights take fewer; if multipliers were to be shared, see the "
                    + "log of synth for a pragma that was dropped")
        ]
    }

    private static let lost =
        "a pragma was lost: see 'hlsbuild log synth' for the tool's reason; templates that were edited are the likely "
        + "cause"

    /// `none` of Vivado HLS, `no` of Vitis HLS; a report that says nothing says nothing.
    private static func isUnpipelined(_ text: String?) -> Bool {
        guard let text = text?.lowercased() else { return false }
        return text == "none" || text == "no"
    }
}

/// What the written functions are together with the kernels that are inlined into them.
struct ScheduleRules {
    let project: CheckedProject

    func check(_ found: inout [Checker.Finding]) {
        rewinding(&found)
        for call in project.calls {
            let name = "\(project.top)_\(call.layer)"
            guard let config = project.config(of: call), let function = project.functions[name] else {
                continue
            }
            func report(_ rule: Rule, _ text: String) {
                found.append(.init(rule: rule, file: "firmware/layers/\(call.layer)_config.h", text: text))
            }
            // What slides a window calls the kernel at every place.
            let isAlone = loops(function).isEmpty && !isStream(function) && !Self.slides(config)
            if let rewinds = config.texts["rewind"], rewinds != "\(isAlone)" {
                report(.rewind, "rewind = \(rewinds) where the loop is \(isAlone ? "" : "not ")the only one")
            }
            if let sum = config.texts["sum"] {
                let wraps = !(config.texts["accum_t"] ?? "").contains("AP_SAT") && !isWrapped(config.texts["accum_t"])
                if sum != (wraps ? "nnet::at_once" : "nnet::in_order") { report(.recurrence, "terms join \(sum)") }
            }
            if isStream(function), let fault = pipeline(of: call, config, function) { report(.throughput, fault) }
        }
        moves(&found)
        pace(&found)
    }

    private func isStream(_ function: CheckedSource.Block) -> Bool { function.header.contains("hls::stream<") }

    /// `AP_WRAP_SM`, or `AP_WRAP` with bits that saturate: nothing in which an order does not show.
    private func isWrapped(_ type: String?) -> Bool {
        let parts = (type ?? "").split(separator: ",")
        return parts.contains { $0.contains("AP_WRAP_SM") } || parts.count > 4
    }

    /// Loops that stay loops.
    private func loops(_ function: CheckedSource.Block) -> [CheckedSource.Block] {
        function.all.filter { $0.kind == .loop && $0.pragma("unroll") == nil }
    }

    /// A function of the kernels that has a rewinding loop, or is inlined around one, has no other.
    private func rewinding(_ found: inout [Checker.Finding]) {
        let kernels = project.sources.filter { $0.path.contains("nnet_utils") }
        var names: Set<String> = []
        for function in kernels.flatMap(\.functions)
        where function.all.contains(where: { $0.pragma("pipeline")?.contains("rewind") == true }) {
            names.insert(function.name)
        }
        var known = -1
        while known != names.count {
            known = names.count
            for source in kernels {
                for function in source.functions where calls(names, function) { names.insert(function.name) }
            }
        }
        // The config of a kernel with a window says that the loop within does not rewind: that is looked at above; so do
        // the parts of a recurrent layer.
        for call in project.calls where call.kernel.hasPrefix("recurrent") {
            let path = "firmware/layers/\(call.layer)_config.h"
            guard project.files[path]?.contains("bool rewind = true;") == true else { continue }
            found.append(.init(rule: .rewind, file: path, text: "a loop within the one over the steps"))
        }
        let apart = ["nnet_conv", "nnet_window", "nnet_recurrent"]
        for source in kernels where !apart.contains(where: source.path.contains) {
            for function in source.functions where calls(names, function) && !loops(function).isEmpty {
                found.append(
                    .init(rule: .rewind, file: source.path, text: "a loop beside the one within, in \(function.name)"))
            }
        }
    }

    /// Whether a kernel has a loop of its own over the places of a window.
    private static func slides(_ config: CheckedProject.Config) -> Bool { config.numbers["kernel_height"] != nil }

    private func calls(_ names: Set<String>, _ function: CheckedSource.Block) -> Bool {
        function.all.flatMap(\.statements).flatMap(Cpp.calls).contains { names.contains($0.name) && $0.isTemplate }
    }

    /// A kernel that takes one element of a stream is straight-line code: the function, or the loop around it, is a
    /// pipeline. Other kernels have their own.
    private func pipeline(
        of call: CheckedProject.Call, _ config: CheckedProject.Config, _ function: CheckedSource.Block
    ) -> String? {
        let channels = call.types.first.flatMap { project.types[$0]?.count } ?? 1
        let elements = config.numbers["n_elements"] ?? (config.numbers["n_in"] ?? 0) / max(1, channels)
        let own = function.pragma("pipeline"), around = loops(function).first?.pragma("pipeline")
        if elements != 1 || call.kernel == "dense_resource" || Self.slides(config) {
            if own != nil { return "PIPELINE around a kernel with a loop" }
            return around.map { $0.contains("off") } ?? true ? nil : "a loop of a kernel in a PIPELINE"
        }
        if !loops(function).isEmpty {
            return around.map { !$0.contains("off") } ?? false ? nil : "one position at a time"
        }
        return own.map(isFlushed) ?? false ? nil : "no PIPELINE that empties itself"
    }

    /// Whether results leave the pipeline of a function though nothing follows them.
    private func isFlushed(_ pipeline: [String]) -> Bool {
        pipeline.contains(project.target == .vivado ? "enable_flush" : "style=flp")
    }

    /// Functions that only move elements of streams.
    private func moves(_ found: inout [Checker.Finding]) {
        let layers = Set(project.calls.map { "\(project.top)_\($0.layer)" })
        for function in project.functions.values
        where function.name != project.top && isStream(function) && !layers.contains(function.name) {
            // A layer that is divided over functions reads and writes for them.
            let callees = function.all.flatMap(\.statements).flatMap(Cpp.calls).map(\.name)
            if callees.contains(where: { project.functions[$0] != nil }) { continue }
            let inner = loops(function).compactMap { $0.pragma("pipeline") }
            let isSteered =
                inner.contains { !$0.contains("off") } || function.pragma("pipeline").map(isFlushed) ?? false
            if !isSteered {
                found.append(
                    .init(
                        rule: .throughput, file: "firmware/\(project.top).cpp", text: "\(function.name) is no pipeline")
                )
            }
        }
    }

    /// No layer of a pipeline is faster, or slower, than the whole.
    private func pace(_ found: inout [Checker.Finding]) {
        guard let interval = project.topFunction?.pragma("pipeline")?.first(where: { $0.hasPrefix("II=") }) else {
            return
        }
        for function in project.functions.values where function.name != project.top {
            if function.pragma("pipeline")?.contains(interval) != true {
                found.append(
                    .init(
                        rule: .pace, file: "firmware/\(project.top).cpp",
                        text: "\(function.name) does not have the interval of the whole, \(interval)"))
            }
        }
    }
}

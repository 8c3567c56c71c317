internal import Basics
internal import FixedPoint
internal import Options

extension HLS4MLDraft {
    /// The project as hls4ml 1.3.0 understands the file: its defaults where nothing is written.
    func finished(root: Node, _ reading: inout Reading) -> ProjectDraft {
        var project = project
        project.options.compat = .hls4ml
        let options = project.options.project
        project.options.project.defaultPrecision = options.defaultPrecision ?? .type(.fixed(16, 6))
        project.options.project.reuse = options.reuse ?? 1
        project.options.project.strategy = options.strategy ?? .latency
        project.name = project.name ?? (root["ProjectName"] == nil ? "myproject" : nil)
        project.part = part(root, &reading)
        project.clock = clock(root, &reading)
        project.model = model(root, &reading)
        project.hints = hints(&reading)
        if root["Backend"] == nil {
            reading.warning(
                "no 'Backend' is written: hls4ml takes Vivado", at: root,
                help: "write 'Backend: Vivado' or 'Backend: Vitis'")
            project.backend = .vivado
        }
        return project
    }

    private func part(_ root: Node, _ reading: inout Reading) -> String? {
        if let xilinxPart {
            if let part = project.part, part != xilinxPart.part {
                reading.warning(
                    "'XilinxPart' has no effect beside 'Part: \(part)'", at: xilinxPart.node, help: "leave it out")
            }
            return project.part ?? xilinxPart.part
        }
        // A part that was written and is wrong has been reported.
        let written = root["Part"] != nil || root["XilinxPart"] != nil
        return project.part ?? (written ? nil : "xcvu13p-flga2577-2-e")
    }

    private func clock(_ root: Node, _ reading: inout Reading) -> Clock? {
        guard let period = period ?? (root["ClockPeriod"] == nil ? Ratio(5) : nil) else { return nil }
        switch uncertainty {
        case nil: return Clock(period: period)
        case .percent(let percent): return Clock(period: period, uncertainty: percent)
        case .nanoseconds(let time):
            let percent = period.inverse.flatMap { time.times($0) }.flatMap { $0.times(.hundred) }
            guard let percent, percent < .hundred else {
                reading.error(
                    "a clock uncertainty of \(time) ns leaves nothing of a period of \(period) ns",
                    at: root["ClockUncertainty"] ?? root, help: "write less than the period, or a percentage")
                return nil
            }
            return Clock(period: period, uncertainty: percent)
        }
    }

    /// What is said of reading the model, where the model's format leaves it open. A Keras model states its shapes and
    /// has its channels last, so anything else that is asked for there is told to have no effect.
    private func hints(_ reading: inout Reading) -> ImportHints {
        guard models.keys.contains(where: \.isKeras) else {
            var hints = ImportHints()
            hints.inputShapes = inputShapes?.value ?? []
            hints.channelsLast = channelsLast?.value
            hints.transposeOutputs = transposeOutputs?.value
            return hints
        }
        if let inputShapes {
            reading.warning(
                "'InputShape' has no effect: a Keras model states its own shapes", at: inputShapes.node,
                help: "leave it out")
        }
        if let channelsLast, channelsLast.value != .off {
            reading.warning(
                "'ChannelsLastConversion' has no effect: a Keras model has its channels last", at: channelsLast.node,
                help: "leave it out")
        }
        if let transposeOutputs, transposeOutputs.value {
            reading.warning(
                "'TransposeOutputs' has no effect: a Keras model has its channels last", at: transposeOutputs.node,
                help: "leave it out")
        }
        return ImportHints()
    }

    private func model(_ root: Node, _ reading: inout Reading) -> ModelSource? {
        if let json = models[.kerasJson], models[.kerasH5] == nil {
            reading.error(
                "'KerasJson' without 'KerasH5': the weights are missing", at: json.node,
                help: "write 'KerasH5: weights.h5' too, or 'KerasH5: model.h5' alone for a whole model")
            return nil
        }
        let keras = models[.kerasH5].map { weights in
            models[.kerasJson].map { ModelSource.parts(architecture: $0.path, weights: weights.path) }
                ?? .file(weights.path)
        }
        let named = ModelKey.allCases.filter { models[$0] != nil && $0 != .kerasJson }
        if named.count > 1, let second = models[named[1]] {
            reading.error(
                "'\(named[0].rawValue)' and '\(named[1].rawValue)' both name a model", at: second.node,
                help: "keep one of the two")
            return nil
        }
        if let keras { return keras }
        if let key = named.first, let model = models[key] { return .file(model.path) }
        if !ModelKey.allCases.contains(where: { root[$0.rawValue]?.isNull == false }) {
            reading.error(
                "no model is named", at: root,
                help: "write one of \(ModelKey.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return nil
    }
}

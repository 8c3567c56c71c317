internal import Basics

extension Session {
    /// The result of a pure step; see `StageContext.run`.
    func run<S: PureStep>(
        _ step: S.Type, stage: StageIdentity, label: String, settings: S.Settings, inputs: [StepInput]
    ) async throws -> (result: StepResult, report: StepReport) {
        let key = try key(of: step, settings, inputs)
        let request = Request(
            place: .init(stage: stage, label: label), key: key, inputs: inputs, cost: .quick, declared: [])
        return try await resolve(request) { clock in
            try await clock.run {
                let start = ContinuousClock.now
                let made = try S.perform(settings, StepInputs(inputs, reader: self.blobs.read))
                return try self.record(made, key: key, seconds: seconds(since: start), sync: false)
            }
        }
    }

    /// The result of a long step; see `StageContext.run`.
    func run<S: LongStep>(
        _ step: S.Type, stage: StageIdentity, label: String, settings: S.Settings, inputs: [StepInput]
    ) async throws -> (result: StepResult, report: StepReport) {
        let key = try key(of: step, settings, inputs)
        let request = Request(
            place: .init(stage: stage, label: label), key: key, inputs: inputs, cost: .long,
            declared: S.outputs(settings))
        return try await resolve(request) { clock in
            try await self.slots.hold([.init("command", units: max(1, S.cores(settings)), of: self.options.jobs)]) {
                try await clock.run {
                    let start = ContinuousClock.now
                    let work = LongWork { percent, text in
                        self.reporter.report(
                            .progress(StepProgress(stage: stage, label: label, percent: percent, text: text)))
                    }
                    let inputs = StepInputs(inputs, reader: self.blobs.read)
                    let made = try await work.run { try S.perform(settings, inputs, work) }
                    return try self.record(made, key: key, seconds: seconds(since: start), sync: true)
                }
            }
        }
    }

    /// The key of a step that is code of this program: another build of it may compute something else. Its result may
    /// well be the same, and then nothing after it runs.
    private func key<S: Step>(of step: S.Type, _ settings: S.Settings, _ inputs: [StepInput]) throws -> ActionKey {
        let program = KeyComponent(.engine, "program", programIdentity)
        return ActionKey(try Self.components(of: step, settings: settings, inputs: inputs) + [program])
    }

    /// What enters the key of any step.
    static func components<S: Step>(
        of step: S.Type, settings: S.Settings, inputs: [StepInput]
    ) throws -> [KeyComponent] {
        var seen: Set<String> = []
        for input in inputs {
            guard PathText.isContained(input.name) else { throw illegal(input.name, "an input of \(S.name)") }
            guard seen.insert(input.name).inserted else {
                throw DiagnosticError(.error("\(S.name) has two inputs called '\(input.name)'"))
            }
        }
        return [
            KeyComponent(.engine, "schema", String(schema)), KeyComponent(.step, S.name, String(S.version)),
        ] + (try SettingsEncoder.components(of: settings))
            + inputs.map { input in
                let digest = input.artifact.digest?.hex ?? "?"
                return KeyComponent(.input, input.name, input.artifact.isExecutable ? digest + " executable" : digest)
            }
    }

    private func record(_ made: PureResult, key: ActionKey, seconds: Double, sync: Bool) throws -> ActionRecord {
        if made.diagnostics.contains(where: { $0.severity == .error }) { throw DiagnosticError(made.diagnostics) }
        var outputs: [ActionRecord.Output] = []
        var seen: Set<String> = []
        for file in made.files {
            guard PathText.isContained(file.path) else { throw Self.illegal(file.path, "an output") }
            guard seen.insert(file.path).inserted else {
                throw DiagnosticError(.error("two outputs are called '\(file.path)'"))
            }
            outputs.append(
                .init(
                    path: file.path, digest: try store.put(file.bytes, sync: sync), size: file.bytes.count,
                    executable: file.executable))
        }
        let record = ActionRecord(
            key: key.digest, components: key.components, outputs: outputs, diagnostics: made.diagnostics, log: nil,
            seconds: seconds)
        try actions.put(record, sync: sync)
        return record
    }

    static func illegal(_ path: String, _ what: String) -> DiagnosticError {
        DiagnosticError(
            .error("'\(path)' cannot be the path of \(what)", help: "paths are relative and without '..'"))
    }
}

internal import Basics

extension Session {
    /// The result of a command step; see `StageContext.run`.
    func run<S: CommandStep>(
        _ step: S.Type, stage: StageIdentity, label: String, settings: S.Settings, inputs: [StepInput]
    ) async throws -> (result: StepResult, report: StepReport) {
        let place = StateLog.Place(stage: stage, label: label)
        var components = try Self.components(of: step, settings: settings, inputs: inputs)
        // A plan may read inputs, which in a dry run may not be there yet.
        guard inputs.allSatisfy(\.artifact.isKnown) else {
            let declared = (try? S.plan(settings, StepInputs(inputs, reader: blobs.read)).outputs) ?? []
            return try await resolve(
                Request(
                    place: place, key: ActionKey(components), inputs: inputs, cost: .long,
                    declared: declared.filter { $0.form == .file }.map(\.path))
            ) { _ in throw CancellationError() }
        }
        let plan = try S.plan(settings, StepInputs(inputs, reader: blobs.read))
        try Self.check(plan, S.name)
        components += Self.components(of: plan, besides: components)
        let key = ActionKey(components, places: plan.places)
        let request = Request(
            place: place, key: key, inputs: inputs, cost: .long,
            declared: plan.outputs.filter { $0.form == .file }.map(\.path))
        return try await resolve(request) { clock in
            try await self.persist(plan.retry, place) {
                try await self.claiming(plan, place) { seats in
                    try await self.slots.hold([.init("command", units: plan.resources.cores, of: self.options.jobs)]) {
                        try await clock.run {
                            try await self.execute(
                                plan, place: place, key: key, inputs: inputs, seats: seats,
                                judge: { S.judge($0, settings) })
                        }
                    }
                }
            }
        }
    }

    /// Runs `body` again while it fails for transient reasons and there is patience left.
    private func persist(
        _ retry: CommandPlan.Retry?, _ place: StateLog.Place, _ body: () async throws -> ActionRecord
    ) async throws -> ActionRecord {
        guard let retry else { return try await body() }
        var pause = retry.firstPause
        var giveUp: ContinuousClock.Instant?
        while true {
            do {
                return try await body()
            } catch let failure as StepFailure where failure.isTransient {
                let end = giveUp ?? ContinuousClock.now + retry.patience
                giveUp = end
                guard ContinuousClock.now + pause < end else { throw failure }
                reporter.report(
                    .diagnostic(
                        .warning(
                            "\(failure.diagnostics.first?.message ?? "step \(place.label) failed"); trying again in "
                                + "\(max(1, pause.components.seconds)) s"),
                        stage: place.stage))
                try await Task.sleep(for: pause)
                pause = min(pause * 2, .seconds(300))
            }
        }
    }

    /// What the plan adds to the key. The tool may be in the settings already.
    private static func components(of plan: CommandPlan, besides known: [KeyComponent]) -> [KeyComponent] {
        var components = SettingsEncoder.toolComponents(plan.tool).filter { !known.contains($0) }
        components.append(
            KeyComponent(
                .command, "arguments", SettingNode.list(plan.arguments.map { .leaf(SettingsEncoder.quoted($0)) }).text)
        )
        if !plan.workingDirectory.isEmpty {
            components.append(KeyComponent(.command, "working directory", plan.workingDirectory))
        }
        for (name, value) in plan.environment {
            components.append(KeyComponent(.command, "environment " + name, value))
        }
        for output in plan.outputs {
            let form = "\(output.form.rawValue) \(output.required) \(output.mayBeEmpty)"
            components.append(KeyComponent(.command, "output " + output.path, form))
        }
        return components
    }

    private static func check(_ plan: CommandPlan, _ name: String) throws {
        for output in plan.outputs where !PathText.isContained(output.path) {
            throw illegal(output.path, "an output of \(name)")
        }
        if !plan.workingDirectory.isEmpty, !PathText.isContained(plan.workingDirectory) {
            throw illegal(plan.workingDirectory, "the folder of \(name)")
        }
    }

    private func execute(
        _ plan: CommandPlan, place: StateLog.Place, key: ActionKey, inputs: [StepInput], seats: HeldSeats?,
        judge: (CommandRun) -> Judgement
    ) async throws -> ActionRecord {
        var sandbox = try Sandbox(paths: paths, disk: disk, stage: place.stage, label: place.label)
        try sandbox.place(inputs, blobs)
        let box = sandbox
        let log = paths.log(stage: place.stage, label: place.label)
        try disk.makeDirectories(paths.logs(of: place.stage))
        try disk.remove(log)
        let start = ContinuousClock.now
        var request = try commandRequest(plan, place, inputs, sandbox: box, log: log)
        request.onStart = { seats?.note(leader: $0) }
        let termination = try await runner.run(request) { line in
            self.reporter.report(.output(stage: place.stage, label: place.label, line: line))
        }
        // A runner that was stopped may return instead of throwing.
        try Task.checkCancellation()
        let run = CommandRun(
            termination: termination, seconds: seconds(since: start), log: LogText.excerpt(log, disk),
            produced: try box.produced(),
            reader: { [disk] path in
                guard PathText.isContained(path) else { throw Self.illegal(path, "a file of the command") }
                return try disk.read(box.folder + "/" + path)
            })
        let diagnostics = try accept(judge(run), place)
        let record = try keep(plan, run, key: key, box, diagnostics: diagnostics, log: log, place)
        box.remove()
        return record
    }

    private func commandRequest(
        _ plan: CommandPlan, _ place: StateLog.Place, _ inputs: [StepInput], sandbox: Sandbox, log: String
    ) throws -> CommandRequest {
        var environment = sandbox.environment
        environment.merge(plan.unkeyedEnvironment) { _, stated in stated }
        for name in plan.passThrough {
            if let value = world.unnotedEnvironment(name) { environment[name] = value }
        }
        environment.merge(plan.environment) { _, stated in stated }
        let folder = plan.workingDirectory.isEmpty ? sandbox.folder : sandbox.folder + "/" + plan.workingDirectory
        try disk.makeDirectories(folder)
        // A program that an earlier step made lies among the inputs; any other is named as the project file names it,
        // relative to the project's folder, so that moving the project makes no new actions.
        let isMade = inputs.contains { $0.name == plan.tool.path }
        let program = isMade ? sandbox.folder + "/" + plan.tool.path : world.absolute(plan.tool.path)
        return CommandRequest(
            stage: place.stage, label: place.label, executable: program,
            arguments: plan.arguments, environment: environment, workingDirectory: folder, resources: plan.resources,
            log: log)
    }

    /// The diagnostics of a success; throws for all else.
    private func accept(_ judgement: Judgement, _ place: StateLog.Place) throws -> [Diagnostic] {
        switch judgement {
        case .success(let diagnostics):
            guard diagnostics.contains(where: { $0.severity == .error }) else { return diagnostics }
            throw failure(place, diagnostics, transient: false)
        case .failure(let diagnostics): throw failure(place, diagnostics, transient: false)
        case .transient(let diagnostics): throw failure(place, diagnostics, transient: true)
        }
    }

    private func failure(_ place: StateLog.Place, _ diagnostics: [Diagnostic], transient: Bool) -> StepFailure {
        var diagnostics = diagnostics
        let log = paths.relative(paths.log(stage: place.stage, label: place.label))
        if diagnostics.isEmpty { diagnostics = [.error("step \(place.label) failed")] }
        diagnostics[diagnostics.count - 1].notes.append(.init("the whole log is '\(log)'"))
        return StepFailure(stage: place.stage, label: place.label, diagnostics: diagnostics, isTransient: transient)
    }

    /// Moves the declared outputs into the store and writes the record: from here on the step has happened.
    private func keep(
        _ plan: CommandPlan, _ run: CommandRun, key: ActionKey, _ sandbox: Sandbox, diagnostics: [Diagnostic],
        log: String, _ place: StateLog.Place
    ) throws -> ActionRecord {
        var faults: [Diagnostic] = []
        var files: Set<String> = []
        for output in plan.outputs { files.formUnion(sandbox.collect(output, among: run.produced, &faults)) }
        if !faults.isEmpty { throw failure(place, faults, transient: false) }
        var outputs: [ActionRecord.Output] = []
        for path in files.sorted() {
            let file = sandbox.folder + "/" + path
            let executable = disk.linkStatus(file)?.isExecutable ?? false
            let (digest, size) = try store.put(file: file)
            outputs.append(.init(path: path, digest: digest, size: size, executable: executable))
        }
        let logDigest = disk.status(log) == nil ? nil : try store.put(file: log).digest
        let record = ActionRecord(
            key: key.digest, components: key.components, outputs: outputs, diagnostics: diagnostics, log: logDigest,
            seconds: run.seconds)
        try actions.put(record, sync: true)
        return record
    }
}

internal import Basics
internal import BuildEngine
public import Config
public import HLSWriter
internal import Options

extension Stage {
    /// A Design becomes an HLS C++ project for a family of tools.
    public static func write(_ dialect: WriterSettings.Dialect) -> Stage {
        Stage(.write, needs: [.optimize], summary: "write the HLS C++ project") { site, context in
            try await site.write(dialect, context)
        }
    }
}

extension ProjectSite {
    func write(_ dialect: WriterSettings.Dialect, _ context: StageContext) async throws {
        var inputs = try context.outputs(of: .optimize).map { StepInput($0.key, $0.value) }
        for (name, artifact) in try await templates.artifacts(context) {
            inputs.append(StepInput(WriteStep.templates + "/" + name, artifact))
        }
        let settings = WriteStep.Settings(
            project: project.name, dialect: dialect, part: project.part,
            clockPeriod: project.clock.period.decimal(places: 6),
            clockUncertainty: project.clock.uncertainty.map { $0.decimal(places: 6) + "%" },
            ip: project.vendor.ip, interface: project.interface, flow: project.hardwareFlow)
        if isDraft {
            _ = try await context.run(DraftStep.self, "write", settings: settings, inputs: inputs)
            if !project.data.inputs.isEmpty { _ = try await testBenchData(context) }
            return
        }
        let result = try await context.run(WriteStep.self, "write", settings: settings, inputs: inputs)
        var visible: [String: Artifact] = [:]
        for (path, artifact) in result.outputs {
            guard let name = path.rest(behind: WriteStep.sources + "/") else { continue }
            visible[name] = artifact
        }
        context.layOut(visible)
        if !project.data.inputs.isEmpty { context.layOut(try await testBenchData(context)) }
        var units: [String: Artifact] = [:]
        for file in StageOutput.units.files { units[file] = try result.output(file) }
        context.provide(units)
    }

    /// What the written test bench reads.
    private func testBenchData(_ context: StageContext) async throws -> [String: Artifact] {
        let (data, expected) = (project.data.inputs, project.data.expected)
        let predictions = try expected.enumerated().map {
            StepInput(
                TestBenchDataStep.expectedName($0),
                try source($1, named: ["data", "expected"], context, within: .data))
        }
        return try await context.run(
            TestBenchDataStep.self, "test bench data",
            settings: TestBenchDataStep.Settings(inputs: data, expected: expected),
            inputs: try StageOutput.design.inputs(context) + dataInputs(data, named: ["data", "input"], context)
                + predictions
        ).outputs
    }
}

extension Project {
    /// What the hardware is for: a kernel and an IP get other interfaces, and one synthesis serves all stages.
    public var hardwareFlow: WriterSettings.Flow {
        switch vendor.format {
        case .ipCatalog: .vivado
        case .xo: .vitis
        }
    }
}

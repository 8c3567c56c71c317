public import Basics
internal import LayerKit
internal import Layers
public import Stages
internal import Steps

/// The model of a project as hlsbuild understood it.
public struct ModelReport: Sendable {
    public let rows: [ModelRow]
    /// One for each layer that is read but not in the firmware yet.
    public let warnings: [Diagnostic]

    /// Whether all of the model can become firmware.
    public var isInFirmware: Bool { warnings.isEmpty }

    /// Throws why the model cannot be read. What is wrong with the rest of the project leaves types open.
    public init(_ workspace: Workspace) throws(DiagnosticError) {
        let model = try workspace.road.preview(.model, in: workspace.world)
        warnings = model.unwritten.map { error in
            var told = error
            told.severity = .warning
            return told
        }
        let design = warnings.isEmpty ? try? workspace.road.preview(.design, in: workspace.world) : nil
        rows = ModelRow.all(model, design)
    }
}

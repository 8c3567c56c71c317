public import Basics
internal import LayerKit
public import Layers
public import Stages
internal import Steps

/// The model of a project as hlsbuild understood it.
public struct ModelReport: Sendable {
    public let rows: [ModelRow]
    /// Nil where layers are not in the firmware yet, or where something else of the project is wrong. Its weights are most
    /// of what a process holds: who needs it no more sets it to nil.
    public var design: Design?
    /// One for each layer that is read but not in the firmware yet.
    public let warnings: [Diagnostic]

    /// Whether all of the model can become firmware.
    public var isInFirmware: Bool { warnings.isEmpty }

    /// Throws why the model cannot be read. What is wrong with the rest of the project leaves types open.
    public init(_ workspace: Workspace) throws(DiagnosticError) {
        var preview = Road.Preview(of: workspace.road, in: workspace.world)
        let model = try preview.value(of: .model)
        warnings = model.unwritten.map { error in
            var told = error
            told.severity = .warning
            return told
        }
        design = warnings.isEmpty ? try? preview.value(of: .design) : nil
        rows = ModelRow.all(model, design)
    }
}

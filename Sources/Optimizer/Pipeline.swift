public import Basics
public import Layers
public import Options
import LayerKit

/// Stage optimize: from what was trained to what the firmware computes.
public enum Pipeline {
    /// The passes in their order. Each leaves behind what the next relies on: scales are split from quantisers and kernels
    /// before they move, and move before quantisers take them in; batch normalisations are fused once no identity stands
    /// between them and their dense layer, and no quantiser behind them has taken them in.
    public static let passes: [Pass] = [
        .removeDropout,
        .keepLastState,
        .unquantizeNormalization,
        .removeLinear,
        .applyAlpha,
        .fuseActivationQuantizers,
        .unifyQuantizers,
        .splitQuantizerScales,
        .factorKernelScales,
        .moveScales,
        .absorbIntoQuantizers,
        .expandQuantizers,
        .fuseQuantizers,
        .typeInputs,
        .fuseConsecutiveBatchNormalization,
        .fuseBatchNormalization,
        .removeIdentityBatchNormalization,
        .fuseScalarProduct,
        .skipSoftmax,
    ]

    /// The Design of a model under the options of a project, and what the user should know about it.
    public static func optimize(_ model: Model, options: OptionTable, io: IOType) throws(DiagnosticError)
        -> (design: Design, warnings: [Diagnostic])
    {
        let (options, unused) = try OptionCheck.checked(options, model, io)
        let rewritten = passes.reduce(model) { $1.apply($0, options) }
        let (design, warnings) = try DesignBuilder.lower(rewritten, options: options, io: io)
        return (design, unused + warnings)
    }

    /// The model as far as it is in the firmware: without the softmax that the project file leaves out of it.
    public static func skipping(_ model: Model, options: OptionTable) throws(DiagnosticError) -> Model {
        Pass.skipSoftmax.apply(model, try OptionCheck.checked(options, model, .parallel).options)
    }
}

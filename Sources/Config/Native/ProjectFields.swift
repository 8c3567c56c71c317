internal import Basics
internal import Options

/// The keys of hlsbuild's own project file.
enum ProjectFields {
    static let all: [Field<ProjectDraft>] =
        [
            Field(
                "project", .identifier, into: \.name, required: true,
                "Name of the project, a C identifier: prefix of every symbol and file that is made."),
            Field(
                "model", .modelSource, into: \.model, required: true,
                "The trained model: one file, or '{architecture: ..., weights: ...}', relative to this file."),
            Field(
                "backend", .choice("a back end"), into: \.backend, default: "open",
                "Which tools turn the firmware into hardware."),
            Field(
                "part", .part, into: \.part, required: true,
                "Device, package and speed grade as the vendor's tools spell them: 'xcu250-figd2104-2L-e'."),
            Field(
                "clock", .clock, into: \.clock, default: "5 ns",
                "The clock: '5 ns', '200 MHz', or '{period: 5 ns, uncertainty: 12.5%}'."),
            Field(
                "io", .choice("a kind of input and output"), into: \.io, default: "parallel",
                "All elements of a tensor at once ('parallel'), or one pixel after the other ('stream')."),
            Field(
                "interface", .interface, into: \.interface,
                "How the firmware is connected: '{control: hs, data: vld}'."),
            Field(
                "compat", .choice("a kind of numbers"), default: "native",
                "Whose numbers the firmware gives: hlsbuild's own, or those of hls4ml 1.3.0 bit for bit."
            ) { value, _, _, draft in draft.options.compat = value },
            Field(
                "precision", .precisions(maximum: true), default: "auto",
                "Types of all layers' values: one type, 'auto', or a mapping."
            ) { value, _, _, draft in
                draft.options.project.state(value)
                draft.options.maximumPrecision = value.maximum
            },
        ] + shared + [
            Field(
                "types", .named("a layer type", LayerFields.typeKind, folded: true),
                "Settings for all layers of a type, by type."
            ) {
                value, _, _, draft in draft.options.types = value
            },
            Field(
                "layers", .named("a layer", LayerFields.layerKind, folded: false),
                "Settings for single layers, by layer name."
            ) {
                value, _, _, draft in draft.options.layers = value
            },
            Field("data", .dataFiles, into: \.data, "What csim runs and what it must give."),
            Field("expect", .expectations, into: \.expectations, "Limits that the stage which measures them checks."),
            Field("tools", .tools, into: \.tools, "Programs to use in place of those on the search path."),
        ] + VendorFields.all

    /// What a layer can state and the project can state for all layers, `precision` apart.
    private static let shared: [Field<ProjectDraft>] = LayerFields.layer.filter { $0.name != "precision" }.map {
        field in
        Field(lifting: field) { (draft: inout ProjectDraft, body) in body(&draft.options.project) }
    }
}

extension Field {
    /// A field of a part as a field of the whole.
    init<Part>(
        lifting field: Field<Part>, _ access: @escaping @Sendable (inout Target, (inout Part) -> Void) -> Void
    ) {
        name = field.name
        doc = field.doc
        shape = field.shape
        standard = field.standard
        required = field.required
        path = field.path
        read = { entry, reading, target in
            access(&target) { part in field.read(entry, &reading, &part) }
        }
    }
}

internal import Basics

/// The keys that say how the vendor's tools are run.
enum VendorFields {
    static let all: [Field<ProjectDraft>] = [
        Field("synth", .section("synth", synth), "How C synthesis is run.") { edit, _, _, draft in edit(&draft.vendor)
        },
        Field("vsynth", .section("vsynth", vsynth), "How Vivado is run.") { edit, _, _, draft in edit(&draft.vendor) },
        Field("export", .section("export", export), "What is exported.") { edit, _, _, draft in edit(&draft.vendor) },
        Field("ip", .section("ip", ip), "What the exported IP is called in Vivado's catalog.") {
            edit, _, _, draft in edit(&draft.vendor)
        },
        Field("licence", .section("licence", licence), "How licences of the vendor's tools are used.") {
            edit, _, _, draft in edit(&draft.vendor)
        },
    ]

    private static let synth: [Field<Edits>] = [
        setting(
            "cosim", Kind<Int>.whole(0, max: 1_000_000), \.cosimSamples, default: "0",
            "Samples of the data that the RTL is simulated on, and must give the exact integers for; 0: none.")
    ]
    private static let vsynth: [Field<Edits>] = [
        setting(
            "effort", Kind<VsynthEffort>.choice("an effort"), \.effort, default: "synth",
            "Synthesis alone ('synth'), or placement and routing as well ('route').")
    ]
    private static let export: [Field<Edits>] = [
        setting(
            "format", Kind<ExportFormat>.choice("a format"), \.format, default: "ip_catalog",
            "An IP for Vivado's catalog ('ip_catalog'), or a kernel for the accelerator flow ('xo')."),
        setting("version", .ipVersion, \.ip.version, default: "1.0.0", "Version of the IP, 'major.minor.revision'."),
    ]
    private static let ip: [Field<Edits>] = [
        setting("vendor", .optional(.ipName), \.ip.vendor, "Who makes it: 'cern.ch'; the tool's own is 'xilinx.com'."),
        setting("library", .optional(.ipName), \.ip.library, "Where it belongs; the tool's own is 'hls'."),
        setting("version", .ipVersion, \.ip.version, default: "1.0.0", "'major.minor.revision'."),
        setting("display_name", .optional(.ipText), \.ip.displayName, "What the catalog shows."),
        setting("description", .optional(.ipText), \.ip.description, "What the catalog says of it."),
    ]
    private static let licence: [Field<Edits>] = [
        setting(
            "seats", Kind<Int>.whole(1, max: 1000), \.seats, default: "1",
            "How many runs of all builds of a user on this machine may hold a licence at once."),
        setting(
            "wait", .duration, \.wait, default: "0 s",
            "For how long a run that got no licence or no memory is tried again, and waits for other builds (0: always)."
        ),
    ]

    /// What a section states, each a change of the options: sections must not undo one another's defaults.
    struct Edits: Sendable {
        var list: [@Sendable (inout VendorOptions) -> Void] = []
    }

    private static func setting<Value: Sendable>(
        _ name: String, _ kind: Kind<Value>, _ target: any WritableKeyPath<VendorOptions, Value> & Sendable,
        default standard: String? = nil, _ doc: String
    ) -> Field<Edits> {
        Field(name, kind, default: standard, doc) { value, _, _, edits in
            edits.list.append { $0[keyPath: target] = value }
        }
    }
}

extension Kind where Value == @Sendable (inout VendorOptions) -> Void {
    fileprivate static func section(_ name: String, _ fields: [Field<VendorFields.Edits>]) -> Kind<Value> {
        Kind<VendorFields.Edits>.mapping(name, fields) { VendorFields.Edits() }
            .map { edits in { options in for edit in edits.list { edit(&options) } } }
    }
}

extension Kind where Value == String {
    /// `1.0.0`: the tools take the last number as the revision.
    static var ipVersion: Kind<String> {
        Kind(.text(pattern: #"^[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}$"#)) { node, reading in
            let parts = node.text?.split(separator: ".", omittingEmptySubsequences: false) ?? []
            let isLegal = parts.count == 3 && parts.allSatisfy { (1...4).contains($0.count) && Int($0) != nil }
            guard let text = node.text, isLegal, !text.contains("-"), !text.contains("+") else {
                reading.mismatch("a version of three numbers", node, help: "write, for example, '1.0.0'")
                return nil
            }
            return text
        }
    }
}

extension Kind where Value == Int {
    /// Seconds, from `30 min`, `2 h`, `90 s`.
    static var duration: Kind<Int> {
        Kind(.text(pattern: #"^ *[0-9]+ *(s|min|h) *$"#)) { node, reading in
            let text = (node.text ?? "").filter { $0 != " " }
            let digits = text.prefix { $0.isASCII && $0.isNumber }
            let scale = ["s": 1, "min": 60, "h": 3600][String(text.dropFirst(digits.count))]
            guard let scale, let number = Int(digits), number <= 1_000_000 else {
                reading.mismatch("a time", node, help: "write, for example, '30 min', '90 s' or '2 h'")
                return nil
            }
            return number * scale
        }
    }
}

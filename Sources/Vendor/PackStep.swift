internal import Basics
internal import BuildEngine
internal import Zip

/// The IP as a file that is the same every time: only what the IP's own description names, without the time of day.
enum PackStep: PureStep {
    static let name = "pack-ip"
    static let version = 2

    struct Settings: Encodable, Sendable {
        /// Below which the run left the IP among the inputs.
        var folder: String
        /// The last number of the IP's version.
        var revision: String
    }

    /// Below which the RTL lies that `synth` gave.
    static let rtl = "rtl"

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        let component = Component(try inputs.bytes(settings.folder + "/component.xml"))
        var entries: [ZipEntry] = []
        var missing: [String] = []
        for file in ["component.xml"] + component.files {
            let input = settings.folder + "/" + file
            if inputs.contains(input) {
                entries.append(ZipEntry(file, try inputs.bytes(input)))
            } else {
                missing.append(file)
            }
        }
        guard missing.isEmpty else {
            throw DiagnosticError(.missingFiles(missing))
        }
        let packed = try PackedFiles(entries, revision: settings.revision).sorted
        var outputs = packed.map { OutputFile("ip/" + $0.path, $0.bytes) }
        outputs.append(OutputFile(component.archiveName, try ZipArchive.stored(packed)))
        return PureResult(outputs, diagnostics: try differences(packed, inputs))
    }

    /// The IP is packaged from the synthesis that was measured, or from another one if that did not serve: its RTL must
    /// be the same.
    private static func differences(_ files: [ZipEntry], _ inputs: StepInputs) throws -> [Diagnostic] {
        var different: [String] = []
        for name in inputs.names(under: rtl) where name.ends(with: ".v") {
            let file = PathText.name(of: name)
            let packed = files.first { $0.path.begins(with: "hdl/verilog/") && $0.path.ends(with: "/" + file) }
            if let packed, packed.bytes != (try inputs.bytes(name)) { different.append(file) }
        }
        if different.isEmpty { return [] }
        return [
            .warning(
                "the IP's RTL is not that of stage synth: \(different.prefix(3).joined(separator: ", "))",
                help: "the tool made two results of one input; compare build/synth/verilog with build/export/ip/hdl")
        ]
    }
}

/// A kernel object that is the same every time: its files stored in order, without the time of day.
enum PackKernelStep: PureStep {
    static let name = "pack-kernel"
    static let version = 2

    struct Settings: Encodable, Sendable {
        /// The kernel among the inputs.
        var file: String
        /// Its name among the outputs.
        var kernel: String
        /// The last number of the IP's version.
        var revision: String
    }

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        let kernel = try PackedFiles.archive(try inputs.bytes(settings.file), revision: settings.revision)
        return [OutputFile(settings.kernel, kernel)]
    }
}

internal import Basics
internal import BuildEngine

/// The IP as a file that is the same every time: only what the IP's own description names, without the time of day.
enum PackStep: PureStep {
    static let name = "pack-ip"
    static let version = 1

    struct Settings: Encodable, Sendable {
        /// Below which the run left the IP among the inputs.
        var folder: String
    }

    /// Below which the RTL lies that `synth` gave.
    static let rtl = "rtl"

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        let description = try inputs.bytes(settings.folder + "/component.xml")
        let component = Component(String(decoding: description, as: UTF8.self))
        var files: [(path: String, bytes: [UInt8])] = [("component.xml", Array(component.timeless.utf8))]
        var missing: [String] = []
        for file in component.files {
            let input = settings.folder + "/" + file
            if inputs.contains(input) {
                files.append((file, try inputs.bytes(input)))
            } else {
                missing.append(file)
            }
        }
        if !missing.isEmpty {
            throw DiagnosticError(
                .error(
                    "the IP's component.xml names files that are not there: "
                        + missing.prefix(5).joined(separator: ", ")))
        }
        guard let archive = ZipArchive.stored(files) else {
            throw DiagnosticError(.error("the IP is too large for a zip file"))
        }
        var outputs = files.map { OutputFile("ip/" + $0.path, $0.bytes) }
        outputs.append(OutputFile(component.archiveName, archive))
        return PureResult(outputs, diagnostics: try differences(files, inputs))
    }

    /// The IP is packaged from the synthesis that was measured, or from another one if that did not serve: its RTL must
    /// be the same.
    private static func differences(_ files: [(path: String, bytes: [UInt8])], _ inputs: StepInputs) throws
        -> [Diagnostic]
    {
        var different: [String] = []
        for name in inputs.names(under: rtl) where name.hasSuffix(".v") {
            let file = name.split(separator: "/").last.map(String.init) ?? name
            let packed = files.first { $0.path.hasPrefix("hdl/verilog/") && $0.path.hasSuffix("/" + file) }
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

/// What an IP's `component.xml` says, as far as packing needs it.
struct Component {
    private let text: String

    init(_ text: String) { self.text = text }

    /// The files of the IP, each once, sorted.
    var files: [String] {
        var found: Set<String> = []
        for part in parts(between: "<spirit:file>", and: "</spirit:file>") {
            if let name = Self.element("spirit:name", in: part), !name.contains(".."), !name.hasPrefix("/") {
                found.insert(name)
            }
        }
        return found.sorted()
    }

    /// `vendor_library_name_version.zip`, dots as underscores.
    var archiveName: String {
        let parts = ["vendor", "library", "name", "version"].map { Self.element("spirit:" + $0, in: text) ?? "x" }
        let name = parts.joined(separator: "_").map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "_" }
        return String(name) + ".zip"
    }

    /// The text with one date for all: that of the IP, and those that a kernel's description has.
    var timeless: String {
        var result = text
        let tag = "xilinx:coreCreationDateTime"
        if let value = Self.element(tag, in: result) {
            result = result.replacing("<\(tag)>\(value)</\(tag)>", with: "<\(tag)>\(Self.date)</\(tag)>")
        }
        for attribute in ["timestamp", "creationDate", "creationTime"] {
            let start = " \(attribute)=\""
            let parts = result.split(separator: start, omittingEmptySubsequences: false)
            result = parts.enumerated().map { index, part in
                index == 0 ? String(part) : Self.date + part.drop { $0 != "\"" }
            }.joined(separator: start)
        }
        return result
    }

    private static let date = "1980-01-01T00:00:00Z"

    private func parts(between start: String, and end: String) -> [Substring] {
        text.split(separator: start).dropFirst().map { part in
            part.firstRange(of: end).map { part[..<$0.lowerBound] } ?? part
        }
    }

    private static func element(_ name: String, in text: some StringProtocol) -> String? {
        guard let start = text.firstRange(of: "<\(name)>"),
            let end = text[start.upperBound...].firstRange(of: "</\(name)>")
        else { return nil }
        return String(text[start.upperBound..<end.lowerBound])
    }
}

/// A kernel object that is the same every time: its files stored in order, without the time of day.
enum PackKernelStep: PureStep {
    static let name = "pack-kernel"
    static let version = 1

    struct Settings: Encodable, Sendable {
        /// The kernel among the inputs.
        var file: String
        /// Its name among the outputs.
        var kernel: String
    }

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        [OutputFile(settings.kernel, try timeless(try inputs.bytes(settings.file), depth: 0))]
    }

    /// Archives may lie in archives: the IP in the kernel.
    private static func timeless(_ archive: [UInt8], depth: Int) throws -> [UInt8] {
        let files = try ZipArchive.files(archive).map { path, bytes -> (path: String, bytes: [UInt8]) in
            if path.hasSuffix(".zip"), depth < 3 { return (path, try timeless(bytes, depth: depth + 1)) }
            guard path.hasSuffix(".xml") else { return (path, bytes) }
            return (path, Array(Component(String(decoding: bytes, as: UTF8.self)).timeless.utf8))
        }
        guard let packed = ZipArchive.stored(files) else {
            throw DiagnosticError(.error("the kernel is too large for a zip file"))
        }
        return packed
    }
}

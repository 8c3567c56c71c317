internal import Basics
internal import BuildEngine
internal import Config
internal import Zip

/// What a run of packaging left: whether it is whole.
///
/// What is kept of a run is taken for good in every build after, so an archive that a full disk has cut, or an IP
/// without files of its own, is a failure of the run and not of the packing that follows it.
struct Packaged {
    private let run: CommandRun
    private let settings: ExportStep.Settings

    init(_ run: CommandRun, _ settings: ExportStep.Settings) {
        self.run = run
        self.settings = settings
    }

    /// What is wrong; nil: nothing. What is missing altogether is the engine's to tell of.
    var fault: Diagnostic? {
        switch settings.format {
        case .xo: return archiveFault(ExportStep.kernel(settings))
        case .ipCatalog:
            let folder = ExportStep.folder(settings)
            let files = run.produced.filter { PathText.relative($0, to: folder) != nil }
            guard let bytes = try? run.bytes(folder + "/component.xml") else { return nil }
            let there = Set(files)
            let missing = Component(bytes).files.filter { !there.contains(folder + "/" + $0) }
            if !missing.isEmpty { return .missingFiles(missing) }
            return files.filter { $0.ends(with: ".zip") }.lazy.compactMap(archiveFault).first
        }
    }

    private func archiveFault(_ path: String) -> Diagnostic? {
        guard let bytes = try? run.bytes(path), !bytes.isEmpty else { return nil }
        do throws(DiagnosticError) {
            _ = try ZipArchive.entries(bytes)
            return nil
        } catch {
            let what = error.diagnostics.first?.message ?? "it cannot be read"
            return .error(
                "the tool ended well and left a broken '\(PathText.name(of: path))': \(what)",
                help: "a full disk may have cut it: nothing of it is kept; run again")
        }
    }
}

extension Diagnostic {
    /// An IP that is less than its own description.
    static func missingFiles(_ paths: [String]) -> Diagnostic {
        .error("the IP's component.xml names files that are not there: " + paths.prefix(5).joined(separator: ", "))
    }
}

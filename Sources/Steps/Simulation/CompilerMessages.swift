internal import Basics
internal import BuildEngine

/// What the compiler and the linker have to say, and whether what they left is what they were asked for.
enum CompilerMessages {
    /// A run that says it ended well, judged by the file that it left. One that is missing or empty is the engine's to
    /// tell of.
    static func proven(_ run: CommandRun, _ file: String, _ kinds: [ELFFile.Kind]) -> Judgement {
        guard let bytes = try? run.bytes(file), !bytes.isEmpty, let fault = ELFFile.fault(bytes, kinds) else {
            return .success([])
        }
        return .transient([
            .error(
                "the compiler ended well and left a broken '\(file)': \(fault)",
                help: "a full disk, or a wrapper around the compiler, may have cut it: nothing of it is kept; run again"
            )
        ])
    }

    /// The tool's own first errors, in its own words, rather than a missing file three steps later.
    static func judge(_ run: CommandRun) -> Judgement {
        guard case .failure(let diagnostics) = run.judgementByStatus else { return run.judgementByStatus }
        let lines = run.log.split(separator: "\n").map(String.init)
        let errors = lines.filter { $0.contains("error") || $0.contains("Error") || $0.contains("undefined reference") }
        let shown = (errors.isEmpty ? Array(lines.prefix(5)) : Array(errors.prefix(5)))
        guard let first = shown.first else { return .failure(diagnostics) }
        let notes = shown.dropFirst().map { Diagnostic.Note($0) }
        return .failure([
            .error(
                "the C++ does not compile: \(first)",
                help: "templates that were edited are the likely cause; else this is a fault of hlsbuild", notes: notes)
        ])
    }
}

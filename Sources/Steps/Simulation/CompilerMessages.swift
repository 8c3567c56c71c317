internal import Basics
internal import BuildEngine

/// What the compiler and the linker have to say.
enum CompilerMessages {
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

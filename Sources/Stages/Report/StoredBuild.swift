internal import Basics
internal import FoundationEssentials
internal import Layers

/// What stages have left in a folder `build`, for those who only look.
enum StoredBuild {
    /// Nil if stage optimize has not been built.
    static func design(_ folder: String) throws(DiagnosticError) -> Design? {
        let path = folder + "/optimize/design.json"
        guard let document = try read(path), let tensors = try read(folder + "/optimize/weights.bin") else {
            return nil
        }
        do {
            return try NetworkFiles.read(Design.self, document: document, tensors: tensors)
        } catch {
            throw damaged(path)
        }
    }

    /// Nil if stage csim has not been built.
    static func simulation(_ folder: String) throws(DiagnosticError) -> [SimulationRow]? {
        struct Contents: Decodable {
            var outputs: [SimulationRow]
        }
        let path = folder + "/csim/report.json"
        guard let bytes = try read(path) else { return nil }
        do {
            return try JSONDecoder().decode(Contents.self, from: Data(bytes)).outputs
        } catch {
            throw damaged(path)
        }
    }

    /// What synthesis and co-simulation said of the FIFOs; empty if stage synth has not been built.
    static func fifos(_ folder: String) throws(DiagnosticError) -> [MeasuredFIFO] {
        struct Contents: Decodable {
            var fifos: [MeasuredFIFO]
        }
        let path = folder + "/synth/" + FIFOStep.output
        guard let bytes = try read(path) else { return [] }
        do {
            return try JSONDecoder().decode(Contents.self, from: Data(bytes)).fifos
        } catch {
            throw damaged(path)
        }
    }

    private static func read(_ path: String) throws(DiagnosticError) -> [UInt8]? {
        do {
            return try Files.readIfPresent(path)
        } catch {
            throw DiagnosticError(error.diagnostic)
        }
    }

    private static func damaged(_ path: String) -> DiagnosticError {
        DiagnosticError(
            .error("'\(path)' is not what hlsbuild wrote there", help: "build again: what was edited is made anew"))
    }
}

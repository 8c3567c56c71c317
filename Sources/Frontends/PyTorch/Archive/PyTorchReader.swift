internal import Basics
internal import LayerKit

/// Reads what PyTorch saves, told from the files of its archive.
enum PyTorchReader {
    /// The line of Python that makes a file which is read out of a model in memory.
    static let export =
        "torch.export.save(torch.export.export(model.eval(), (example_input,), "
        + "dynamic_shapes=({0: torch.export.Dim('batch')},)), 'model.pt2')"

    /// The network of an archive as a graph.
    static func read(_ file: consuming ModelFiles.File) throws(DiagnosticError) -> ImportGraph {
        let name = file.name, bytes = file.bytes
        _ = consume file
        let archive = try TorchArchive(consume bytes, file: name)
        let older = "serialized_exported_program.json"
        if archive.has(older) {
            let program = try ExportedProgram(try archive.json(older), file: name)
            return try graph(program, try ExportedWeights(pickled: consume archive))
        }
        let models = archive.paths.compactMap { $0.rest(behind: "models/")?.rest(before: ".json") }
        guard let model = models.first else {
            if archive.has("data.pkl"), !archive.paths.contains(where: { $0.begins(with: "code/") }) {
                return try read(try PickledTensors(consume archive))
            }
            throw refusal(of: archive)
        }
        guard models.count == 1 else {
            throw archive.error(
                "it holds \(models.count) programs: \(models.joined(separator: ", "))",
                help: "save one in a file of its own: \(export)")
        }
        let program = try ExportedProgram(try archive.json("models/\(model).json"), file: name)
        return try graph(program, try ExportedWeights(listed: consume archive, model: model))
    }

    /// A file of torch.save before version 1.6.
    static func read(legacy file: consuming ModelFiles.File) throws(DiagnosticError) -> ImportGraph {
        let saved = try TorchLegacyFile.read(file.bytes, name: file.name)
        _ = consume file
        return try read(consume saved)
    }

    /// What was pickled: a network, if its file says what it computes.
    private static func read(_ saved: consuming PickledTensors) throws(DiagnosticError) -> ImportGraph {
        guard let (program, tensors) = try PickledModule.program(saved) else {
            throw saved.archive.error(saved.summary, help: "with the model in Python: \(export)")
        }
        let weights = ExportedWeights(saved.archive, tensors)
        _ = consume saved
        return try graph(program, consume weights)
    }

    private static func graph(_ program: ExportedProgram, _ weights: consuming ExportedWeights) throws(DiagnosticError)
        -> ImportGraph
    {
        let numbers = try weights.load(program.usedWeights)
        _ = consume weights
        return try ATenTranslator.translate(program, numbers)
    }

    /// Why an archive that is no exported program is not read.
    private static func refusal(of archive: TorchArchive) -> DiagnosticError {
        let help = "with the model in Python: \(export)"
        if archive.paths.contains(where: { $0.begins(with: "code/") }) {
            return archive.error("a TorchScript archive: its program is code, which is not run", help: help)
        }
        return archive.error("a PyTorch archive without a program: compiled code alone is not read", help: help)
    }
}

extension ExportedProgram {
    /// The weights that some call reads, each once.
    var usedWeights: [String] {
        var read = Set(outputs)
        for call in calls {
            for argument in call.arguments.values {
                switch argument {
                case .tensor(let name): read.insert(name)
                case .tensors(let names): read.formUnion(names.compactMap(\.self))
                case .none, .bool, .int, .double, .text, .size, .sizes, .doubles, .element, .placement, .other: break
                }
            }
        }
        var seen: Set<String> = []
        return weights.filter { read.contains($0.value) && seen.insert($0.weight).inserted }.map(\.weight)
    }
}

extension PickledTensors {
    /// What was saved, in words.
    fileprivate var summary: String {
        if let members = document.members(document.root) {
            let names = members.compactMap { member in if case .text(let name) = member.key { name } else { nil } }
            if names.contains("state_dict") {
                return "a checkpoint: the weights of a network (and \(names.count - 1) things beside them), but not "
                    + "what it computes with them"
            }
            let shown = names.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
            return "a state_dict: \(names.count) tensors (\(shown)\(names.count > 3 ? ", ..." : "")), but not what the "
                + "network computes with them"
        }
        if let name = PickledModule.className(self) {
            return "a pickled object of class '\(name)': what it computes is code, which is not in the file"
        }
        return "a pickle of what is no network"
    }
}

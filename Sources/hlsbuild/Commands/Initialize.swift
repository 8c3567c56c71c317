import ArgumentParser
import Basics
import BuildEngine
import Setup
import Stages
import Steps

/// `hlsbuild init`.
struct Initialize: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a project file for a model, from an hls4ml YAML, or copy an example.",
        discussion: """
            Without --model, --from or --template the smallest example is copied, a project that builds as it is. \
            Nothing is ever overwritten. A .gitignore that leaves out what is built is written where there is none.

            Examples:
              hlsbuild init parity
              hlsbuild init --model tagger.h5 tagger
              hlsbuild init --from hls4ml_config.yml
            """)

    @Option(
        name: .long, help: ArgumentHelp("A trained model; the project file lists its layers.", valueName: "file"),
        completion: .file())
    var model: String?

    @Option(
        name: .long, help: ArgumentHelp("The weights of a model whose --model is a JSON.", valueName: "file"),
        completion: .file())
    var weights: String?

    @Option(
        name: .long,
        help: ArgumentHelp("An hls4ml YAML, written in hlsbuild's own form with the same numbers.", valueName: "file"),
        completion: .file(extensions: ["yml", "yaml"]))
    var from: String?

    @Option(
        name: .long, help: ArgumentHelp("An example to copy: \(Self.example).", valueName: "name"),
        completion: .list([Self.example]))
    var template: String?

    @Argument(
        help: ArgumentHelp("The project's folder, made if need be (default: .).", valueName: "folder"),
        completion: .directory)
    var folder: String?

    @OptionGroup var options: GlobalOptions

    private static let example = "minimal"

    mutating func validate() throws {
        if [model, from, template].count(where: { $0 != nil }) > 1 {
            throw ValidationError("--model, --from and --template are three ways to begin: give one of them")
        }
        if weights != nil, model == nil { throw ValidationError("--weights goes with --model") }
    }

    mutating func run() throws {
        try Opened.enter(options)
        let folder = try folder.map(Workspace.absolute) ?? Workspace.currentFolder()
        var starter: Starter
        if let model {
            starter = try Starter(model: model, weights: weights, folder: folder, file: options.file)
        } else if let from {
            starter = try Starter(hls4ml: from, folder: folder, file: options.file)
        } else {
            let templates = TemplateSource.find(in: World(folder: "."))
            starter = try Starter(template: template ?? Self.example, templates: templates, folder: folder)
        }
        starter.ignoreResults()
        try starter.write()
        if !options.quiet { for warning in starter.warnings { Terminal.tell(warning) } }
        tell(starter)
    }

    private func tell(_ starter: Starter) {
        let names = starter.files.map(\.name)
        if options.json {
            say(JSONValue.object(["event": .string("init"), "files": .array(names.map(JSONValue.string))]))
        } else if !options.quiet {
            let place = folder.map { " in \($0)" } ?? ""
            say("wrote \(names.joined(separator: ", "))\(place)")
            let isUsual = options.file == ProjectSearch.name || template != nil
            let file = isUsual ? "" : " -f " + ShellWord.quoted(options.file)
            say("next: hlsbuild" + (folder.map { " -C " + ShellWord.quoted($0) } ?? "") + file + " csim")
        }
    }
}

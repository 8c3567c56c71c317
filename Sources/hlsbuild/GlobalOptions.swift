import ArgumentParser

/// Options that every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(
        name: [.customShort("C"), .customLong("directory")],
        help: ArgumentHelp("Work in this folder.", valueName: "folder"), completion: .directory)
    var directory: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The project file: hlsbuild's own YAML or an hls4ml one.", valueName: "file"),
        completion: .file(extensions: ["yml", "yaml"]))
    var file: String = ProjectSearch.name

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Override a setting of the project file, for example layers.fc1.reuse=4.", valueName: "key=value"))
    var overrides: [String] = []

    @Flag(name: .long, help: "Print one JSON object per line on standard output.")
    var json = false

    @Flag(name: [.short, .long], help: "Print errors only.")
    var quiet = false

    @Flag(name: [.short, .long], help: "Print every step and every line of a tool.")
    var verbose = false

    @Flag(name: .customLong("no-color"), help: "Print without colour; the variable NO_COLOR does the same.")
    var noColor = false
}

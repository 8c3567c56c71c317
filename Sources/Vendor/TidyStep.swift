internal import BuildEngine
internal import Tools
internal import Steps

/// What a tool made, without what differs between two runs of the same work: dates, hosts, paths.
enum TidyStep: PureStep {
    static let name = "tidy"
    static let version = 2

    struct Settings: Encodable, Sendable {
        /// The folder of an input's path and the folder that it gets: `net_prj/solution1/syn/report` to `report`.
        var folders: [Folder]

        struct Folder: Encodable, Sendable {
            var from: String
            var to: String
        }
    }

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        var files: [OutputFile] = []
        for folder in settings.folders {
            for name in inputs.names(under: folder.from) {
                let path = folder.to + name.dropFirst(folder.from.count)
                files.append(OutputFile(path, Volatile.removed(from: try inputs.bytes(name), path: name)))
            }
        }
        return PureResult(files)
    }
}

/// `tool.tcl` for the release that was found: in the written project it is for the newest.
enum ToolScriptStep: PureStep {
    static let name = "tool-script"
    static let version = 1

    struct Settings: Encodable, Sendable {
        var text: String
    }

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        [OutputFile(ToolEntry.scriptFile, text: settings.text)]
    }
}

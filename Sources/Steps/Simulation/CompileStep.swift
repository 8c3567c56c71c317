internal import Basics
internal import BuildEngine

/// One translation unit of the firmware, compiled for this machine. It sees the files it includes and nothing else,
/// so that an edit of one layer compiles one object.
enum CompileStep: CommandStep {
    static let name = "compile"
    static let version = 3

    struct Settings: Encodable, Sendable {
        var compiler: ToolIdentity
        /// Relative to the project's sources, as the input of the same name.
        var source: String
        var includeFolders: [String]
        /// Those of `CompileStep.flags` that the compiler does not know.
        var unknownFlags: [String]
    }

    /// Enough for the kernels' small functions to vanish; more costs seconds and gains nothing a few thousand samples
    /// would repay.
    private static let language = ["-std=c++14", "-O1"]

    /// What keeps the object free of anything but its sources, and quiet; compilers do without those that they do not
    /// know. `%` stands for the name of the source.
    static let flags = [
        "-fPIC", "-fno-gnu-unique", "-fno-ident", "-frandom-seed=%", "-Wno-unknown-pragmas", "-w", "-pipe",
    ]

    /// What the driver needs to find its assembler and linker.
    static let environment = ["LC_ALL": "C", "PATH": "/usr/local/bin:/usr/bin:/bin"]

    /// Where the written project has its headers.
    static let includeFolders = ["firmware", "firmware/ap_types", "firmware/nnet_utils"]

    static func object(of source: String) -> String {
        (source.rest(before: ".cpp") ?? source).substituting("/", with: "_") + ".o"
    }

    static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan {
        let object = object(of: settings.source)
        let known = flags.filter { !settings.unknownFlags.contains($0) }.map {
            $0.substituting("%", with: settings.source)
        }
        return CommandPlan(
            tool: settings.compiler,
            arguments: language + known + settings.includeFolders.map { "-I" + $0 } + [
                "-MMD", "-MF", includes, "-c", settings.source, "-o", object,
            ],
            outputs: [CommandPlan.Output(object)], environment: environment)
    }

    /// Where the compiler lists the files that it read, its own and the system's left out.
    private static let includes = "includes.d"

    static func judge(_ run: CommandRun, _ settings: Settings) -> Judgement {
        guard case .success = run.judgementByStatus else { return CompilerMessages.judge(run) }
        let foreign = foreignFiles(run.text(includes) ?? "")
        guard let first = foreign.first else {
            return CompilerMessages.proven(run, object(of: settings.source), [.object])
        }
        return .failure([
            .error(
                "the C++ includes '\(first)', which is not a part of the written project",
                help: "a file outside of it could change without anybody noticing: make it a template")
        ])
    }

    /// The files in a compiler's list (`object: file file \`) that lie outside of the folder it ran in. Everything in
    /// the folder is an input and part of the key.
    static func foreignFiles(_ list: String) -> [String] {
        list.utf8.split { [UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\\")].contains($0) }.map {
            String(decoding: $0, as: UTF8.self)
        }.filter { PathText.leaves($0) }
    }
}

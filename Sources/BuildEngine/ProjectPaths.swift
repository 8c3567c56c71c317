internal import Basics

/// Where the engine keeps what: the one place that knows the names below the project's folder.
struct ProjectPaths: Hashable, Sendable {
    /// The project's folder, absolute, without a slash at the end.
    let folder: String

    init(folder: String) { self.folder = folder }

    /// The format of everything below `.hlsbuild`. A build refuses to write where a newer one has written.
    static let formatVersion = 1

    static let stateFolder = ".hlsbuild"
    static let outputFolder = "build"

    var state: String { folder + "/" + Self.stateFolder }
    var outputs: String { folder + "/" + Self.outputFolder }
    var store: String { state + "/store" }
    var actions: String { state + "/actions" }
    var scratch: String { state + "/tmp" }
    var work: String { state + "/work" }
    var quarantine: String { state + "/quarantine" }
    var layouts: String { state + "/layout" }
    var logs: String { state + "/logs" }
    var stateLog: String { state + "/state" }
    var statCache: String { state + "/stats" }
    var quiet: String { state + "/quiet" }
    var lock: String { state + "/lock" }

    func outputs(of stage: StageIdentity) -> String { outputs + "/" + stage.text }

    /// The folder of the outputs of all stages of the stage's point.
    func pointFolder(of stage: StageIdentity) -> String { outputs + (stage.point.map { "/" + $0 } ?? "") }

    func logs(of stage: StageIdentity) -> String { logs + "/" + stage.text }

    func log(stage: StageIdentity, label: String) -> String {
        logs(of: stage) + "/" + LabelName(label: label).text + ".log"
    }

    /// A path as the user or a record states it, made absolute.
    func absolute(_ path: String) -> String {
        if PathText.isAbsolute(path) { return path }
        return path.isEmpty || path == "." ? folder : folder + "/" + path
    }

    /// An absolute path relative to the project's folder if it lies below it: records move with the project.
    func relative(_ path: String) -> String {
        PathText.relative(path, to: folder) ?? path
    }
}

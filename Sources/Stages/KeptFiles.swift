internal import Basics
internal import BuildEngine
internal import Config
internal import Steps

/// What no output of a command may be written over: single files, and folders with everything in them.
///
/// They are told by device and inode: a second name of a file, by a hard link, a mount or another spelling of the path,
/// is the same file. What is not there needs no keeping.
public struct KeptFiles: Sendable {
    private struct Identity: Hashable {
        var device: UInt64
        var inode: UInt64

        init(_ status: FileStatus) {
            device = status.device
            inode = status.inode
        }
    }

    private var files: [Identity: String] = [:]
    private var folders: [Identity: String] = [:]

    public init() {}

    /// - Parameter what: what the file is, to a person: 'the project file'.
    public mutating func add(file path: String, as what: String) {
        if let status = Files.status(path) { files[Identity(status)] = what }
    }

    /// - Parameter what: what the folder holds, to a person: 'what is built'.
    public mutating func add(folder path: String, as what: String) {
        if let status = Files.status(path) { folders[Identity(status)] = what }
    }

    /// What a file must not be replaced for; nil if it may be.
    /// - Parameter folder: the folder that it lies in.
    func reason(file path: String, in folder: String) -> String? {
        if let status = Files.status(path), let what = files[Identity(status)] { return "it is \(what)" }
        return reason(folder: folder)
    }

    /// What nothing must be written into a folder for; nil if something may be. The folder need not be there yet.
    func reason(folder path: String) -> String? {
        var path = path.isEmpty ? "." : path
        while Files.status(path) == nil {
            let above = PathText.split(path).folder
            guard above != path else { return nil }
            path = above
        }
        // Upwards as the kernel sees it, whatever links the path went through.
        while let status = Files.status(path) {
            if let what = folders[Identity(status)] { return "it would lie in a folder of \(what)" }
            let above = path + "/.."
            if Files.status(above).map(Identity.init) == Identity(status) { return nil }
            path = above
        }
        return nil
    }
}

extension Workspace {
    /// What a command on this project must not write over.
    /// - Parameter inputs: files that the command reads besides.
    public func keptFiles(besides inputs: [String] = []) -> KeptFiles {
        var kept = KeptFiles()
        for path in inputs { kept.add(file: path, as: "an input") }
        for path in project.data.files {
            kept.add(file: world.absolute(path), as: "data of the project")
        }
        for path in project.model.files { kept.add(file: world.absolute(path), as: "the trained model") }
        kept.add(file: world.absolute(file), as: "the project file")
        for folder in world.ownFolders { kept.add(folder: folder, as: "what hlsbuild makes and keeps") }
        if case .folder(let folder) = road.site.templates {
            kept.add(folder: world.absolute(folder), as: "the templates")
        }
        return kept
    }
}

internal import Basics
internal import BuildEngine
internal import Config

/// The user's own file of tools: what `tools:` of a project file says, for all projects of this machine.
public enum UserTools {
    /// As messages name it.
    public static let shownPath = "~/.config/hlsbuild/tools.yml"

    static func path(_ world: World) -> String? {
        if let folder = world.environment("XDG_CONFIG_HOME"), PathText.isAbsolute(folder) {
            return folder + "/hlsbuild/tools.yml"
        }
        return world.environment("HOME").map { $0 + "/.config/hlsbuild/tools.yml" }
    }

    /// The words of the file by the keys of `tools`; empty where there is no file.
    ///
    /// - Throws: everything that is wrong with the file.
    static func read(_ world: World) throws(DiagnosticError) -> [ToolName: String] {
        guard let path = path(world), world.exists(path) else { return [:] }
        let bytes: [UInt8]
        do { bytes = try world.read(path, within: .projectFile) } catch { throw DiagnosticError(error.diagnostic) }
        if !bytes.contains(where: { $0 > 0x20 }) { return [:] }
        let root = try YAML.parse(bytes, file: path)
        guard let entries = root.entries else {
            throw DiagnosticError(
                .error(
                    "expected names of tools and where they are", at: root.location,
                    help: "write, for example, 'vitis: /opt/Xilinx/Vitis/2024.2'"))
        }
        var tools: [ToolName: String] = [:]
        var faults: [Diagnostic] = []
        let names = ToolName.allCases.map(\.rawValue)
        for entry in entries {
            let key = entry.key.text ?? ""
            guard let name = ToolName(rawValue: key) else {
                guard faults.count < [Diagnostic].errorLimit else { break }
                let near = Spelling.nearest(to: key, in: names).map { "did you mean '\($0)'?" }
                faults.append(
                    .error(
                        "there is no tool '\(key)'", at: entry.key.location,
                        help: near ?? "the tools are \(names.joined(separator: ", "))"))
                continue
            }
            guard let text = entry.value.text, !text.isEmpty else {
                faults.append(.error("'\(key)' needs a path, a name or a release", at: entry.value.location))
                continue
            }
            guard !text.hasControlCharacter else {
                faults.append(
                    .error(
                        "'\(text)' has a control character in it", at: entry.value.location,
                        help: "rename the file or folder"))
                continue
            }
            tools[name] = text
        }
        if !faults.isEmpty { throw DiagnosticError(faults) }
        return tools
    }
}

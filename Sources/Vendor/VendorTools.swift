public import Basics
public import BuildEngine
public import Config
internal import ToolRunner
public import Tools

/// Finds the vendor's tools: what the project or the user names, else the search path, the environment variables of the
/// tools, and the folders that their installers propose.
public struct VendorTools: Sendable {
    let world: World
    /// The user's words by role: of the project file, else of the user's own file.
    public let stated: [ToolRole: Statement]
    let roots: [String]
    private let finder: ToolFinder

    public struct Statement: Hashable, Sendable {
        var text: String
        /// Who says so: `tools.vitis` or the user's file.
        var origin: String
    }

    /// What looking for a role gave.
    public enum Answer: Sendable {
        case found(VendorTool)
        /// In one line: what is missing, what it would enable, how to get it. And what is there and cannot be used.
        case missing(String, refused: [String])
    }

    /// - Parameter roots: Where installations are looked for; by default where the installers put them.
    public init(world: World, tools: [ToolName: String], roots: [String]? = nil) throws(DiagnosticError) {
        self.world = world
        let home = world.environment("HOME").map { ["\($0)/Xilinx", "\($0)/AMD", "\($0)/tools/Xilinx"] } ?? []
        self.roots = roots ?? Installation.standardRoots + home
        var stated: [ToolRole: Statement] = [:]
        for (name, text) in try UserTools.read(world) {
            if let role = name.role { stated[role] = Statement(text: text, origin: UserTools.shownPath) }
        }
        for (name, text) in tools {
            if let role = name.role { stated[role] = Statement(text: text, origin: "tools.\(name.rawValue)") }
        }
        self.stated = stated
        finder = ToolFinder(world: world)
    }

    /// The tool of a role, or what to tell the user.
    public func find(_ role: ToolRole) async throws -> Answer {
        var refused: [String] = []
        let wanted = stated[role].flatMap { ToolVersion($0.text) }
        for place in places(role) {
            switch await look(place) {
            case .success(let tool):
                if let wanted, !Self.matches(tool.version, wanted) {
                    refused.append("\(place.path) is \(tool.version)")
                } else {
                    return .found(tool)
                }
            case .failure(let refusal): refused.append(refusal.reason)
            }
        }
        return .missing(message(role, refused), refused: refused)
    }

    private func places(_ role: ToolRole) -> [ToolPlaces.Place] {
        let places = ToolPlaces(world: world, role: role, roots: roots)
        guard let statement = stated[role], ToolVersion(statement.text) == nil else { return places.all }
        return places.named(statement.text, statement.origin)
    }

    /// A wish without an update takes any of the release.
    private static func matches(_ found: ToolVersion, _ wanted: ToolVersion) -> Bool {
        found == wanted || wanted.update == 0 && (found.year, found.release) == (wanted.year, wanted.release)
    }

    private struct Refusal: Error { var reason: String }

    private func look(_ place: ToolPlaces.Place) async -> Result<VendorTool, Refusal> {
        let known = ToolTable.entries.last { $0.program == place.program }
        var companions = ["../" + Installation.settingsScript, "unwrapped/lnx64.o/" + place.program]
        if let successor = known?.successor?.program {
            companions += [successor, "unwrapped/lnx64.o/" + successor]
        }
        // Releases differ in how the question is spelt, and what is in front of a tool may know but one of the two.
        let usual = known?.versionArguments ?? ["-version"]
        let spellings = [usual] + [["-version"], ["--version"]].filter { $0 != usual }
        var found: ToolIdentity?
        for asked in spellings where found.flatMap({ ToolVersion(answer: $0.version) }) == nil {
            let answer = try? await finder.find(
                place.path, version: ToolFinder.VersionQuery(asked, lines: 8), companions: companions,
                folders: Installation.folders(ofProgram: world.absolute(place.path)))
            found = answer ?? found
        }
        guard let found else {
            let isThere = world.status(place.path) != nil
            return .failure(
                Refusal(reason: "\(place.path) \(isThere ? "cannot be asked for its version" : "is not there")"))
        }
        guard let version = ToolVersion(answer: found.version) ?? ToolVersion(path: place.path) else {
            return .failure(Refusal(reason: "\(place.path) does not say which release it is"))
        }
        guard let entry = ToolTable.entry(program: place.program, version: version) else {
            return .failure(Refusal(reason: "\(place.path) is release \(version), which hlsbuild cannot drive"))
        }
        let path = world.absolute(place.path)
        let identity = ToolIdentity(
            name: place.program, path: path, version: Self.build(found.version, version), digest: found.digest)
        let missing = entry.successor?.program
        return .success(
            VendorTool(
                entry: entry, identity: identity, version: version, settingsScript: settingsScript(path),
                origin: place.origin,
                missingSuccessor: missing.flatMap { world.exists(VendorRun.beside(path, $0)) ? nil : $0 }))
    }

    /// Release and build number, without what else the answer holds.
    private static func build(_ answer: String, _ version: ToolVersion) -> String {
        let words = answer.split(whereSeparator: \.isWhitespace)
        let number = words.indices.lazy.filter { words[$0] == "Build" }.compactMap { index in
            words.index(after: index) < words.endIndex ? Int(words[words.index(after: index)]) : nil
        }.first
        return number.map { "\(version) build \($0)" } ?? "\(version)"
    }

    /// `FOLDER/settings64.sh` for `FOLDER/bin/PROGRAM`.
    private func settingsScript(_ path: String) -> String? {
        let folder = PathText.parts(of: path).dropLast(2).map { "/" + $0 }.joined()
        let script = folder + "/" + Installation.settingsScript
        return world.exists(script) ? script : nil
    }

    private func message(_ role: ToolRole, _ refused: [String]) -> String {
        let stages = role.stages.joined(separator: " and ")
        var text: String
        if let statement = stated[role] {
            text = "\(statement.origin) asks for \(role.title) '\(statement.text)', which is not there"
        } else {
            text = "\(role.title) is not there"
        }
        if !refused.isEmpty { text += " (\(refused.prefix(3).joined(separator: "; ")))" }
        text += "; \(stages) would run it: install \(role.product), or say where it is, 'tools: {\(role.key): FOLDER}'"
        return text
    }
}

extension ToolName {
    /// What the key under `tools` is for, where it is for the vendor's tools.
    public var role: ToolRole? {
        switch self {
        case .vitis: .vitis
        case .vivado: .vivado
        case .vivadoHLS: .vivadoHLS
        case .cxx, .yosys, .nextpnr, .verilator, .iverilog: nil
        }
    }
}

extension ToolRole {
    /// The key under `tools`.
    var key: String { rawValue }

    /// What the vendor's installer calls it.
    fileprivate var product: String {
        switch self {
        case .vitis: "AMD Vitis (free of charge)"
        case .vivadoHLS: "Vivado Design Suite up to 2020.1"
        case .vivado: "AMD Vivado (the standard edition is free of charge for many parts)"
        }
    }
}

public import Basics

/// One stage of a flow: a name, the stages it builds on, and what it does.
public struct StageNode: Sendable {
    /// Also the name of its folder below `build/`: letters, digits, `_`, `-` and `.`.
    public let name: String
    public let needs: [String]
    /// What the stage is for, in a few words.
    public let summary: String
    let body: @Sendable (StageContext) async throws -> Void

    /// - Parameter body: requests steps through its context and declares what they give. It runs again in every build
    ///   that is not answered from the quiet record, so all costly work belongs in steps.
    public init(
        _ name: String, needs: [String] = [], summary: String = "",
        body: @escaping @Sendable (StageContext) async throws -> Void
    ) {
        self.name = name
        self.needs = needs
        self.summary = summary
        self.body = body
    }
}

/// Thrown by a stage that cannot run on this machine: a tool is missing or unusable. Stages that do not need it go on.
public struct StageUnavailable: Error, Sendable {
    public let diagnostics: [Diagnostic]

    public init(_ message: String, help: String? = nil) { diagnostics = [.error(message, help: help)] }

    public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}

/// Stages and what they need, checked: names are legal and unique, needs exist, nothing depends on itself.
public struct Flow: Sendable {
    /// In the order of declaration.
    public let stages: [StageNode]

    /// Throws a `DiagnosticError` that names every fault; a cycle with its whole path.
    public init(_ stages: [StageNode]) throws(DiagnosticError) {
        self.stages = stages
        var faults: [Diagnostic] = []
        var seen: Set<String> = []
        for stage in stages {
            if !Self.isLegal(stage.name) { faults.append(.error("illegal stage name `\(stage.name)`")) }
            if !seen.insert(stage.name).inserted { faults.append(.error("two stages are called `\(stage.name)`")) }
        }
        for stage in stages {
            for need in stage.needs where !seen.contains(need) {
                faults.append(Self.unknown(need, among: seen.sorted(), by: "stage `\(stage.name)` needs"))
            }
        }
        if faults.isEmpty, let cycle = Self.cycle(in: stages) {
            faults.append(.error("stages depend on each other in a circle: \(cycle.joined(separator: " -> "))"))
        }
        if !faults.isEmpty { throw DiagnosticError(faults) }
    }

    public subscript(name: String) -> StageNode? { stages.first { $0.name == name } }

    /// The targets and everything they need, in an order in which needs come first; all stages if there is no target.
    public func closure(of targets: [String]) throws(DiagnosticError) -> [StageNode] {
        let names = stages.map(\.name)
        if let missing = targets.first(where: { !names.contains($0) }) {
            throw DiagnosticError(Self.unknown(missing, among: names, by: "there is no stage"))
        }
        var order: [StageNode] = []
        var placed: Set<String> = []
        func place(_ name: String) {
            guard !placed.contains(name), let stage = self[name] else { return }
            placed.insert(name)
            for need in stage.needs { place(need) }
            order.append(stage)
        }
        for name in targets.isEmpty ? names : targets { place(name) }
        return order
    }

    private static func unknown(_ name: String, among names: [String], by: String) -> Diagnostic {
        let near = Spelling.nearest(to: name, in: names).map { "did you mean `\($0)`? " } ?? ""
        return .error("\(by) `\(name)`", help: near + "stages: \(names.joined(separator: ", "))")
    }

    static func isLegal(_ name: String) -> Bool {
        guard let first = name.utf8.first, first != UInt8(ascii: "."), first != UInt8(ascii: "-") else { return false }
        return name.utf8.count <= 100
            && name.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
                default: false
                }
            }
    }

    /// The names along a circle, the first again at the end; nil if there is none.
    private static func cycle(in stages: [StageNode]) -> [String]? {
        let needs = Dictionary(stages.map { ($0.name, $0.needs) }, uniquingKeysWith: { first, _ in first })
        var done: Set<String> = []
        var path: [String] = []
        func visit(_ name: String) -> [String]? {
            if let start = path.firstIndex(of: name) { return path[start...] + [name] }
            if done.contains(name) { return nil }
            path.append(name)
            for need in needs[name] ?? [] {
                if let found = visit(need) { return found }
            }
            path.removeLast()
            done.insert(name)
            return nil
        }
        for stage in stages {
            if let found = visit(stage.name) { return found }
        }
        return nil
    }
}

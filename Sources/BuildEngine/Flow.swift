public import Basics

/// One stage of a flow: a name, the stages it builds on, and what it does.
public struct StageNode: Sendable {
    /// Also the path of its folder below `build/`.
    public let identity: StageIdentity
    public let needs: [StageIdentity]
    /// What the stage is for, in a few words.
    public let summary: String
    let body: @Sendable (StageContext) async throws -> Void

    /// - Parameter body: requests steps through its context and declares what they give. It runs again in every build
    ///   that is not answered from the quiet record, so all costly work belongs in steps.
    public init(
        _ identity: StageIdentity, needs: [StageIdentity] = [], summary: String = "",
        body: @escaping @Sendable (StageContext) async throws -> Void
    ) {
        self.identity = identity
        self.needs = needs
        self.summary = summary
        self.body = body
    }

    /// The stage as people read it.
    public var name: String { identity.text }
}

/// Thrown by a stage that cannot run on this machine: a tool is missing or unusable. Stages that do not need it go on.
public struct StageUnavailable: Error, Sendable {
    public let diagnostics: [Diagnostic]

    /// - Parameter subject: What asks for the tool, as in `Diagnostic.subject`.
    public init(_ message: String, subject: [String] = [], help: String? = nil) {
        diagnostics = [.error(message, subject: subject, help: help)]
    }

    public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}

/// Stages and what they need, checked: names are legal and unique, needs exist, nothing depends on itself.
///
/// All of it takes time in proportion to the stages and their needs, and a stack that does not grow with them.
public struct Flow: Sendable {
    /// In the order of declaration.
    public let stages: [StageNode]
    /// Where each stage stands in `stages`.
    private let places: [StageIdentity: Int]

    /// Throws a `DiagnosticError` that names every fault; a cycle with its whole path.
    public init(_ stages: [StageNode]) throws(DiagnosticError) {
        self.stages = stages
        var faults: [Diagnostic] = []
        var places: [StageIdentity: Int] = [:]
        places.reserveCapacity(stages.count)
        var points: Set<String> = []
        for (place, stage) in stages.enumerated() {
            if !stage.identity.isLegal { faults.append(.error("illegal stage name '\(stage.name)'")) }
            if places.updateValue(place, forKey: stage.identity) != nil {
                faults.append(.error("two stages are called '\(stage.name)'"))
            }
            if let point = stage.identity.point { points.insert(point) }
        }
        self.places = places
        for point in points.sorted() where places[StageIdentity(point: nil, point)] != nil {
            faults.append(.error("a stage and a point are called '\(point)': both would have the folder of that name"))
        }
        for stage in stages {
            for need in stage.needs where places[need] == nil {
                faults.append(unknown(need, by: "stage '\(stage.name)' needs", sorted: true))
            }
        }
        if faults.isEmpty, case .circle(let path) = order(from: Array(stages.indices)) {
            faults.append(.error("stages depend on each other in a circle: \(path.joined(separator: " -> "))"))
        }
        if !faults.isEmpty { throw DiagnosticError(faults) }
    }

    public subscript(stage: StageIdentity) -> StageNode? { places[stage].map { stages[$0] } }

    /// The targets and everything they need, in an order in which needs come first; all stages if there is no target.
    public func closure(of targets: [StageIdentity]) throws(DiagnosticError) -> [StageNode] {
        var roots: [Int] = []
        for target in targets {
            guard let place = places[target] else {
                throw DiagnosticError(unknown(target, by: "there is no stage", sorted: false))
            }
            roots.append(place)
        }
        switch order(from: targets.isEmpty ? Array(stages.indices) : roots) {
        case .needsFirst(let places): return places.map { stages[$0] }
        case .circle: return []
        }
    }

    private enum Order {
        case needsFirst([Int])
        /// The names along a circle, the first again at the end.
        case circle([String])
    }

    private enum Visit { case none, underWay, done }

    /// Goes from the roots to what they need, depth first, in the order of declaration.
    private func order(from roots: [Int]) -> Order {
        var visits = [Visit](repeating: .none, count: stages.count)
        var order: [Int] = []
        // The way from a root to where the walk is: a stage, and how many of its needs have been gone through.
        var way: [(place: Int, needs: Int)] = []
        for root in roots where visits[root] == .none {
            visits[root] = .underWay
            way.append((root, 0))
            while let (place, next) = way.last {
                guard next < stages[place].needs.count else {
                    visits[place] = .done
                    order.append(place)
                    way.removeLast()
                    continue
                }
                way[way.count - 1].needs += 1
                guard let need = places[stages[place].needs[next]] else { continue }
                switch visits[need] {
                case .done: break
                case .none:
                    visits[need] = .underWay
                    way.append((need, 0))
                case .underWay:
                    let start = way.lastIndex { $0.place == need } ?? 0
                    return .circle((way[start...].map(\.place) + [need]).map { stages[$0].name })
                }
            }
        }
        return .needsFirst(order)
    }

    /// So many stages are named in a message, no more.
    private static let listed = 40

    private func unknown(_ stage: StageIdentity, by: String, sorted: Bool) -> Diagnostic {
        let names = stages.count > Self.listed ? stages.prefix(Self.listed).map(\.name) : stages.map(\.name)
        let near = Spelling.nearest(to: stage.text, in: names).map { "did you mean '\($0)'? " } ?? ""
        let rest = stages.count > names.count ? " and \(stages.count - names.count) more" : ""
        return .error(
            "\(by) '\(stage)'",
            help: near + "stages: \((sorted ? names.sorted() : names).joined(separator: ", "))" + rest)
    }
}

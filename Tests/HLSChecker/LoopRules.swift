/// How loops and functions are steered.
struct LoopRules {
    let source: CheckedSource

    /// Vitis pipelines loops of more trips by itself.
    static let automatic = 64

    func check(_ found: inout [Checker.Finding]) {
        var faults: [(Rule, String)] = []
        source.root.walk { block, around in
            switch block.kind {
            case .function: faults += function(block)
            case .loop: faults += loop(block, around)
            case .file, .scope, .other: break
            }
        }
        found += faults.map { .init(rule: $0, file: source.path, text: $1) }
    }

    private func isPipelined(_ block: CheckedSource.Block) -> Bool {
        block.pragma("pipeline").map { !$0.contains("off") } ?? false
    }

    private func function(_ block: CheckedSource.Block) -> [(Rule, String)] {
        var faults: [(Rule, String)] = []
        let within = block.blocks.flatMap(\.all)
        if isPipelined(block), within.contains(where: { $0.pragma("pipeline") != nil }) {
            faults.append((.nesting, "PIPELINE below PIPELINE in \(block.name)"))
        }
        let rewinds = block.all.contains { $0.pragma("pipeline")?.contains("rewind") == true }
        if rewinds, within.count(where: { $0.kind == .loop && $0.pragma("unroll") == nil }) > 1 {
            faults.append((.rewind, "more than one loop in \(block.name)"))
        }
        return faults
    }

    private func loop(_ block: CheckedSource.Block, _ around: [CheckedSource.Block]) -> [(Rule, String)] {
        var faults: [(Rule, String)] = []
        let trips = Self.trips(block.header)
        if isPipelined(block) {
            if block.blocks.flatMap(\.all).contains(where: { $0.pragma("pipeline") != nil }) {
                faults.append((.nesting, "PIPELINE below PIPELINE: \(block.header)"))
            }
            if let trips {
                if trips < 2 { faults.append((.nesting, "PIPELINE of \(trips) trips: \(block.header)")) }
            } else if !isAsserted(block, around) {
                faults.append((.nesting, "PIPELINE where no assertion tells that it runs twice: \(block.header)"))
            }
        }
        // A loop that is kept apart from those within is one step after the other.
        let isSteered = ["pipeline", "unroll", "loop_flatten"].contains { block.pragma($0) != nil }
        if isSteered || around.contains(where: isPipelined) {
            return faults
        }
        // Short loops are not pipelined by the tool's own choice, nor are those around one that is steered.
        if let trips, trips <= Self.automatic { return faults }
        let inner = block.blocks.filter { $0.kind == .loop }
        if inner.isEmpty || inner.contains(where: { $0.pragma("pipeline") == nil }) {
            faults.append((.interval, "neither PIPELINE nor UNROLL: \(block.header)"))
        }
        return faults
    }

    /// Whether `static_assert(BOUND > 1, ...)` stands around the loop.
    private func isAsserted(_ loop: CheckedSource.Block, _ around: [CheckedSource.Block]) -> Bool {
        let parts = loop.header.split(separator: ";", omittingEmptySubsequences: false)
        guard parts.count == 3, let bound = parts[1].split(separator: "<", maxSplits: 1).last else { return false }
        let wanted = "static_assert(" + bound.filter { $0 != " " } + ">1,"
        return around.flatMap(\.statements).contains { $0.filter { $0 != " " }.hasPrefix(wanted) }
    }

    /// The number of trips where it is written out.
    static func trips(_ header: String) -> Int? {
        let parts = header.split(separator: ";", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].hasSuffix("= 0") else { return nil }
        return parts[1].split(separator: "<").last.flatMap { Int($0.filter { $0 != " " }) }
    }
}

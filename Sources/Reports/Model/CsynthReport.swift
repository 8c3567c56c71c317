internal import Basics

/// What C synthesis estimates for a design or for one of its modules.
public struct CsynthReport: Hashable, Sendable {
    public var part: String?
    public var family: String?
    /// The function the report is about: the top function, or the module of a module's own report.
    public var top: String?
    /// `vivado` (IP) or `vitis` (kernel).
    public var flowTarget: String?
    public var clock = Clock()
    /// Cycles from start to done.
    public var latency = CycleRange()
    public var averageLatency: Int?
    /// Cycles between two starts.
    public var interval = CycleRange()
    /// As the tool spells it: `none`, `no`, `yes`, `dataflow`, `loop auto-rewind stp ...`.
    public var pipeline: String?
    public var resources = Resources()
    public var available = Resources()
    /// Modules and loops, in the order of the report, a module before its loops.
    public var rows: [CsynthRow] = []
    /// The streams between processes, where the release lists them.
    public var fifos: [FIFO] = []
    /// `Timing Violation`, `II Violation`, ... of the top itself.
    public var violations: [String] = []

    /// A report that says nothing yet.
    public init() {}

    /// A stream between two processes.
    public struct FIFO: Hashable, Sendable {
        /// The instance: the variable's name with `_U` behind.
        public var name: String
        /// The instance of the region that holds it; nil in the top function.
        public var parent: String?
        /// Tokens that it holds.
        public var depth: Int?
    }

    /// Nanoseconds.
    public struct Clock: Hashable, Sendable {
        public var target: Double?
        public var uncertainty: Double?
        public var estimated: Double?
    }

    var members: [JSONValue.Member] {
        [
            .init("part", .of(part)), .init("family", .of(family)), .init("top", .of(top)),
            .init("flow_target", .of(flowTarget)),
            .init(
                "clock",
                .object([
                    "target_ns": .of(clock.target), "uncertainty_ns": .of(clock.uncertainty),
                    "estimated_ns": .of(clock.estimated),
                ])),
            .init(
                "latency",
                .object(["best": .of(latency.min), "average": .of(averageLatency), "worst": .of(latency.max)])),
            .init("interval", interval.json("min", "max")), .init("pipeline", .of(pipeline)),
            .init("resources", resources.json), .init("available", available.json),
            .init("percent", resources.percent(of: available)),
            .init(
                "units",
                .object([
                    "clock": .string("ns"), "latency": .string("cycles"), "interval": .string("cycles"),
                    "BRAM_18K": .string("blocks of 18 Kb"),
                ])),
            .init("violations", .array(violations.map { .string($0) })),
            .init("rows", .array(rows.map(\.json))),
            .init(
                "fifos",
                .array(
                    fifos.map {
                        .object(["name": .string($0.name), "parent": .of($0.parent), "depth": .of($0.depth)])
                    })),
        ]
    }
}

/// One module, instance or loop of a design.
public struct CsynthRow: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable { case module, loop }

    public var kind: Kind
    /// The module's or the loop's name.
    public var name: String
    /// The names of its instances, where the report gives them.
    public var instances: [String] = []
    /// The module or loop that holds it.
    public var parent: String?
    /// How deep it stands in the report's tree, 0 for the top.
    public var depth = 0
    public var latency = CycleRange()
    public var interval = CycleRange()
    /// Cycles of one iteration of a loop.
    public var iterationLatency: Int?
    public var tripCount = CycleRange()
    public var pipeline: String?
    /// Nanoseconds left of the clock period, negative where the estimate misses it.
    public var slack: Double?
    /// Estimated clock period, ns.
    public var estimatedClock: Double?
    public var resources = Resources()
    /// What the tool found wrong with it: `II Violation`, `Timing`, ...
    public var issue: String?

    public init(kind: Kind, name: String) {
        self.kind = kind
        self.name = name
    }

    var json: JSONValue {
        .object([
            "kind": .string(kind.rawValue), "name": .string(name),
            "instances": .array(instances.map { .string($0) }), "parent": .of(parent), "depth": .int(depth),
            "latency": latency.json("best", "worst"), "interval": interval.json("min", "max"),
            "iteration_latency": .of(iterationLatency), "trip_count": tripCount.json("min", "max"),
            "pipeline": .of(pipeline), "slack_ns": .of(slack), "estimated_ns": .of(estimatedClock),
            "resources": resources.json, "issue": .of(issue),
        ])
    }
}

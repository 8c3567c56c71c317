internal import Basics

/// What Vivado made of the RTL when the HLS tool ran it while exporting (`export_design -flow syn|impl`).
public struct ExportReport: Hashable, Sendable {
    public enum Stage: String, Hashable, Sendable { case synthesis, implementation }

    public var stage: Stage?
    public var part: String?
    public var family: String?
    /// Nanoseconds.
    public var target: Double?
    public var achievedSynthesis: Double?
    public var achievedRoute: Double?
    /// The achieved clock period of the last stage that ran.
    public var achieved: Double?
    public var wns: Double?
    public var tns: Double?
    /// A run whose timing is not met still succeeds; only this says so.
    public var timingMet: Bool?
    public var resources = Resources()
    public var available = Resources()
    /// Counts beyond the five resources: `SRL`, `SLICE`, `CLB`, `LATCH`.
    public var others: [Count] = []
    public var rows: [CsynthRow] = []

    public struct Count: Hashable, Sendable {
        public var name: String
        public var value: Int?
    }

    var members: [JSONValue.Member] {
        [
            .init("stage", .of(stage?.rawValue)), .init("part", .of(part)), .init("family", .of(family)),
            .init(
                "clock",
                .object([
                    "target_ns": .of(target), "achieved_ns": .of(achieved),
                    "achieved_synthesis_ns": .of(achievedSynthesis), "achieved_route_ns": .of(achievedRoute),
                ])),
            .init("wns_ns", .of(wns)), .init("tns_ns", .of(tns)), .init("timing_met", .of(timingMet)),
            .init("resources", resources.json), .init("available", available.json),
            .init("percent", resources.percent(of: available)),
            .init("others", .object(others.map { JSONValue.Member($0.name, .of($0.value)) })),
            .init("units", .object(["clock": .string("ns"), "BRAM_18K": .string("blocks of 18 Kb")])),
            .init("rows", .array(rows.map(\.json))),
        ]
    }
}

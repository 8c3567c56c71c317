internal import Basics

/// What Vivado's static timing analysis found (`report_timing_summary`, `report_timing`). Nanoseconds.
public struct TimingReport: Hashable, Sendable {
    public var design: String?
    public var part: String?
    public var state: String?
    /// Worst slack and total violation of setup, hold and pulse width; nil without a clock constraint.
    public var setup = Slack()
    public var hold = Slack()
    public var pulseWidth = Slack()
    /// Nil where no constraint is given, so that nothing could be met.
    public var met: Bool?
    public var clocks: [Clock] = []
    /// The smallest slack among the paths listed, where the report lists paths.
    public var worstPath: Double?

    public struct Slack: Hashable, Sendable {
        public var worst: Double?
        public var total: Double?
        public var failing: Int?
        public var endpoints: Int?

        public init() {}
    }

    public struct Clock: Hashable, Sendable {
        public var name: String
        public var period: Double?
        /// MHz.
        public var frequency: Double?
        public var wns: Double?
    }

    var members: [JSONValue.Member] {
        [
            .init("design", .of(design)), .init("part", .of(part)), .init("state", .of(state)),
            .init("wns_ns", .of(setup.worst)), .init("tns_ns", .of(setup.total)),
            .init("whs_ns", .of(hold.worst)), .init("ths_ns", .of(hold.total)),
            .init("wpws_ns", .of(pulseWidth.worst)), .init("tpws_ns", .of(pulseWidth.total)),
            .init(
                "failing_endpoints",
                .object([
                    "setup": .of(setup.failing), "hold": .of(hold.failing), "pulse_width": .of(pulseWidth.failing),
                ])),
            .init(
                "endpoints",
                .object([
                    "setup": .of(setup.endpoints), "hold": .of(hold.endpoints),
                    "pulse_width": .of(pulseWidth.endpoints),
                ])),
            .init("timing_met", .of(met)), .init("worst_path_slack_ns", .of(worstPath)),
            .init(
                "clocks",
                .array(
                    clocks.map { clock in
                        .object([
                            "name": .string(clock.name), "period_ns": .of(clock.period),
                            "frequency_mhz": .of(clock.frequency), "wns_ns": .of(clock.wns),
                        ])
                    })),
        ]
    }
}

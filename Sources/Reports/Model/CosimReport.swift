internal import Basics

/// What the simulation of the written RTL with the C test bench measured.
public struct CosimReport: Hashable, Sendable {
    public enum Status: String, Hashable, Sendable {
        case pass, fail
        /// The tool prints `NA`: that language was not simulated.
        case notRun = "not_run"
    }

    /// One language of the RTL.
    public struct Row: Hashable, Sendable {
        /// `Verilog` or `VHDL`.
        public var rtl: String
        public var status: Status?
        public var latency = CycleRange()
        public var averageLatency: Int?
        public var interval = CycleRange()
        public var averageInterval: Int?
        /// Cycles of the whole simulation.
        public var total: Int?

        public init(rtl: String) { self.rtl = rtl }
    }

    public var rows: [Row] = []
    public var solution: String?
    public var simulator: String?
    /// How many calls of the top function were simulated, where the report lists them.
    public var transactions: Int?

    /// The language that was simulated; nil where the report does not name one.
    public var simulated: Row? { rows.first { $0.status != .notRun } }

    var members: [JSONValue.Member] {
        let row = simulated ?? rows.first
        return [
            .init("status", .of(row?.status?.rawValue)),
            .init("rtl", .of(row.flatMap { $0.rtl.isEmpty ? nil : $0.rtl })),
            .init("latency", Self.triple(row?.latency, row?.averageLatency)),
            .init("interval", Self.triple(row?.interval, row?.averageInterval)),
            .init("total_cycles", .of(row?.total)), .init("transactions", .of(transactions)),
            .init("solution", .of(solution)), .init("simulator", .of(simulator)),
            .init(
                "rows",
                .array(
                    rows.filter { !$0.rtl.isEmpty }.map { row in
                        .object([
                            "rtl": .string(row.rtl), "status": .of(row.status?.rawValue),
                            "latency": Self.triple(row.latency, row.averageLatency),
                            "interval": Self.triple(row.interval, row.averageInterval),
                            "total_cycles": .of(row.total),
                        ])
                    })),
            .init("units", .object(["latency": .string("cycles"), "interval": .string("cycles")])),
        ]
    }

    private static func triple(_ range: CycleRange?, _ average: Int?) -> JSONValue {
        .object(["min": .of(range?.min), "avg": .of(average), "max": .of(range?.max)])
    }
}

internal import Basics

/// What Vivado counts in a netlist (`report_utilization`).
public struct UtilizationReport: Hashable, Sendable {
    public var design: String?
    public var part: String?
    /// `Synthesized`, `Optimized`, `Fully Placed`, `Routed`, ... as the tool states it.
    public var state: String?
    /// The five resources, of the whole design. A half tile of block RAM is one block of 18 Kb.
    public var resources = Resources()
    public var available = Resources()
    /// Tiles of 36 Kb, which the tool counts; halves occur.
    public var bramTiles: Double?
    public var rows: [Row] = []
    /// Cells of the hierarchy, in the order of the report.
    public var cells: [Cell] = []

    /// One kind of site.
    public struct Row: Hashable, Sendable {
        /// The report's chapter, for example `CLB Logic`.
        public var section: String
        public var site: String
        /// How deep it stands below the site that contains it.
        public var depth: Int
        public var used: Double?
        public var available: Double?
        public var percent: Double?
    }

    /// One cell of the hierarchy with what it holds.
    public struct Cell: Hashable, Sendable {
        public var instance: String
        public var module: String
        public var depth: Int
        public var resources: Resources
    }

    var members: [JSONValue.Member] {
        [
            .init("design", .of(design)), .init("part", .of(part)), .init("state", .of(state)),
            .init("resources", resources.json), .init("available", available.json),
            .init("percent", resources.percent(of: available)), .init("bram_tiles", .of(bramTiles)),
            .init(
                "units",
                .object(["BRAM_18K": .string("blocks of 18 Kb"), "bram_tiles": .string("tiles of 36 Kb")])),
            .init(
                "rows",
                .array(
                    rows.map { row in
                        .object([
                            "section": .string(row.section), "site": .string(row.site), "depth": .int(row.depth),
                            "used": .of(row.used), "available": .of(row.available), "percent": .of(row.percent),
                        ])
                    })),
            .init(
                "hierarchy",
                .array(
                    cells.map { cell in
                        .object([
                            "instance": .string(cell.instance), "module": .string(cell.module),
                            "depth": .int(cell.depth), "resources": cell.resources.json,
                        ])
                    })),
        ]
    }
}

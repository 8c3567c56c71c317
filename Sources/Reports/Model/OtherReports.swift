internal import Basics

/// The identity of a packaged IP core (`component.xml`).
public struct IPReport: Hashable, Sendable {
    public var vendor: String?
    public var library: String?
    public var name: String?
    public var ipVersion: String?
    public var displayName: String?
    /// Without `-version X.Y.Z` it is a time stamp.
    public var coreRevision: Int?
    public var created: String?
    public var families: [String] = []

    var members: [JSONValue.Member] {
        [
            .init("vendor", .of(vendor)), .init("library", .of(library)), .init("name", .of(name)),
            .init("ip_version", .of(ipVersion)), .init("display_name", .of(displayName)),
            .init("core_revision", .of(coreRevision)), .init("created", .of(created)),
            .init("families", .array(families.map { .string($0) })),
        ]
    }
}

/// A report that is a list of facts and tables and nothing more.
public struct TablesReport: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case designSize = "design_size"
        case drc, methodology
        case failFast = "fail_fast"
        case clockUtilization = "clock_utilization"
        case routeStatus = "route_status"
    }

    public var kind: Kind
    public var design: String?
    public var part: String?
    public var facts: [Fact] = []
    public var tables: [Table] = []

    public struct Fact: Hashable, Sendable {
        public var name: String
        public var value: Int?
    }

    public struct Table: Hashable, Sendable {
        public var title: String
        public var columns: [String]
        public var rows: [[String]]
    }

    var members: [JSONValue.Member] {
        [
            .init("design", .of(design)), .init("part", .of(part)),
            .init("facts", .object(facts.map { JSONValue.Member($0.name, .of($0.value)) })),
            .init(
                "tables",
                .array(
                    tables.map { table in
                        .object([
                            "title": .string(table.title), "columns": .array(table.columns.map { .string($0) }),
                            "rows": .array(table.rows.map { .array($0.map { .string($0) }) }),
                        ])
                    })),
        ]
    }
}

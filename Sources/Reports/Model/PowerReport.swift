internal import Basics

/// What Vivado estimates the design to consume (`report_power`). Watts and degrees Celsius.
public struct PowerReport: Hashable, Sendable {
    public var design: String?
    public var part: String?
    public var state: String?
    public var total: Double?
    public var dynamic: Double?
    public var `static`: Double?
    public var junctionTemperature: Double?
    /// `Low`, `Medium` or `High`: how much of the activity was guessed.
    public var confidence: String?
    /// On-chip components, in the order of the report.
    public var components: [Share] = []
    /// Cells of the hierarchy.
    public var hierarchy: [Share] = []

    public struct Share: Hashable, Sendable {
        public var name: String
        public var depth: Int
        public var watts: Double?
    }

    var members: [JSONValue.Member] {
        [
            .init("design", .of(design)), .init("part", .of(part)), .init("state", .of(state)),
            .init("total_w", .of(total)), .init("dynamic_w", .of(dynamic)), .init("static_w", .of(self.static)),
            .init("junction_c", .of(junctionTemperature)), .init("confidence", .of(confidence)),
            .init("components", Self.json(components)), .init("hierarchy", Self.json(hierarchy)),
        ]
    }

    private static func json(_ shares: [Share]) -> JSONValue {
        .array(
            shares.map { share in
                .object(["name": .string(share.name), "depth": .int(share.depth), "power_w": .of(share.watts)])
            })
    }
}

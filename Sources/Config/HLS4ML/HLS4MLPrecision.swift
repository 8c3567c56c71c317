internal import Basics
internal import FixedPoint
internal import Options

/// What `Precision` may hold in an hls4ml YAML.
struct HLS4MLPrecisionDraft: Sendable {
    var precision = PrecisionDraft()
    /// Types that hls4ml 1.3.0 generates and never reads; the table's types come from layer-level keys alone.
    var unread: [(role: PrecisionRole, choice: PrecisionChoice, node: Node)] = []
}

extension Kind where Value == HLS4MLPrecisionDraft {
    /// Written by hls4ml's own generator for values that are folded into others before they have a type.
    private static var folded: [String] {
        let recurrent = ["weight", "bias", "recurrent_weight", "recurrent_bias"]
        return ["mean", "variance", "gamma", "beta", "slope", "shift"]
            + ["forward_", "backward_"].flatMap { side in recurrent.map { side + $0 } }
    }

    private static func fields(maximum: Bool) -> [Field<HLS4MLPrecisionDraft>] {
        var fields: [Field<HLS4MLPrecisionDraft>] = [
            Field("default", .precision, "Type where none of the others is stated.") { value, _, _, draft in
                draft.precision.standard = value
            }
        ]
        if maximum {
            fields.append(
                Field("maximum", .type, "Widest type that inference may choose.") { value, _, _, draft in
                    draft.precision.maximum = value
                })
        }
        for role in PrecisionRole.allCases {
            fields.append(
                Field(role.rawValue, .precision, path: role.isTable ? [] : [role.rawValue], role.doc) {
                    value, node, _, draft in
                    if role.isTable {
                        draft.unread.append((role, value, node))
                    } else {
                        draft.precision.roles[role] = value
                    }
                })
        }
        for name in folded {
            fields.append(Field(name, .precision, path: [], "Without effect.") { _, _, _, _ in })
        }
        return fields
    }

    /// One type for all values, or a mapping.
    static func hls4mlPrecision(maximum: Bool) -> Kind<HLS4MLPrecisionDraft> {
        let one = Kind<PrecisionChoice>.precision
        let full = Kind<HLS4MLPrecisionDraft>.mapping("Precision", fields(maximum: maximum)) { HLS4MLPrecisionDraft() }
        return Kind(.either([one.shape, full.shape])) { node, reading in
            if node.entries != nil { return full.read(node, &reading) }
            return one.read(node, &reading).map { HLS4MLPrecisionDraft(precision: PrecisionDraft(standard: $0)) }
        }
    }
}

extension PrecisionRole {
    /// The type of a table in hls4ml 1.3.0 where no layer-level key states another.
    var hls4mlTableType: FixedType? {
        switch self {
        case .table: .fixed(18, 8)
        case .expTable, .invTable, .invInp: .fixed(18, 8, .rnd, .sat)
        case .result, .weight, .bias, .accum, .param, .scale, .recurrentWeight, .recurrentBias, .depthwise,
            .depthwiseAccum, .depthwiseResult, .pointwise, .pointwiseAccum, .embeddings:
            nil
        }
    }
}

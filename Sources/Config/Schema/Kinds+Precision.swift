internal import Basics
internal import FixedPoint
internal import Options

// Types of numbers.

extension Kind where Value == FixedType {
    static var type: Kind<FixedType> {
        let pattern = #"^ *(ap_|ac_)?u?(fixed|int) *<[-+ 0-9A-Za-z_,]+> *$"#
        return Kind(.text(pattern: pattern)) { node, reading in
            guard let text = node.text, !node.isNull else {
                reading.mismatch("a type", node, help: "write, for example, fixed<16,6>")
                return nil
            }
            do throws(TypeSyntaxError) {
                return try FixedType(parsing: text)
            } catch {
                reading.error(error.description, at: node, help: error.help)
                return nil
            }
        }
    }
}

extension Kind where Value == PrecisionChoice {
    /// A type, or `auto`.
    static var precision: Kind<PrecisionChoice> {
        let type = Kind<FixedType>.type
        return Kind(.either([.choice(["auto"]), type.shape])) { node, reading in
            if node.text?.lowercased() == "auto" { return .auto }
            return type.read(node, &reading).map { .type($0) }
        }
    }
}

/// What `precision` may hold: one type for all, or a mapping.
struct PrecisionDraft: Sendable {
    var standard: PrecisionChoice?
    var maximum: FixedType?
    var roles: [PrecisionRole: PrecisionChoice] = [:]
}

extension PrecisionRole {
    /// What the role's type is for, as the schema tells it.
    var doc: String {
        switch self {
        case .result: "Type of the layer's result."
        case .weight: "Type of the weights."
        case .bias: "Type of the bias."
        case .accum: "Type that products are summed in."
        case .param: "Type of an activation's constant: slope, threshold."
        case .table: "Type of an activation table's entries."
        case .expTable: "Type of softmax's exponential table."
        case .invTable: "Type of softmax's reciprocal table."
        case .invInp: "Type of the argument of softmax's reciprocal table."
        case .scale: "Type of a normalisation's scale."
        case .recurrentWeight: "Type of the weights that act on the state."
        case .recurrentBias: "Type of the bias that acts on the state."
        case .depthwise: "Type of a separable convolution's depthwise weights."
        case .depthwiseAccum: "Type that a separable convolution's depthwise products are summed in."
        case .depthwiseResult: "Type between the two halves of a separable convolution."
        case .pointwise: "Type of a separable convolution's pointwise weights."
        case .pointwiseAccum: "Type that a separable convolution's pointwise products are summed in."
        case .embeddings: "Type of an embedding's rows."
        }
    }
}

extension Kind where Value == PrecisionDraft {
    private static func fields(maximum: Bool) -> [Field<PrecisionDraft>] {
        var fields: [Field<PrecisionDraft>] = [
            Field(
                "default", .precision, into: \.standard, "Type where none of the others is stated; 'auto' to infer it.")
        ]
        if maximum {
            fields.append(Field("maximum", .type, into: \.maximum, "Widest type that inference may choose."))
        }
        for role in PrecisionRole.allCases {
            fields.append(
                Field(role.rawValue, .precision, role.doc) { value, _, _, draft in draft.roles[role] = value })
        }
        return fields
    }

    /// - Parameter maximum: whether `maximum` is a key: for the whole project only.
    static func precisions(maximum: Bool) -> Kind<PrecisionDraft> {
        let one = Kind<PrecisionChoice>.precision
        let full = Kind<PrecisionDraft>.mapping("a precision", fields(maximum: maximum)) { PrecisionDraft() }
        return Kind(.either([one.shape, full.shape])) { node, reading in
            if node.entries != nil { return full.read(node, &reading) }
            return one.read(node, &reading).map { PrecisionDraft(standard: $0) }
        }
    }
}

/// Why a text is not a type.
public struct TypeSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with it.
    public var description: String
    /// What would be right.
    public var help: String
}

extension FixedType {
    /// The most bits before the binary point, and the most places that it lies in front of the first.
    private static var integerLimit: Int { 2 * widthLimit }

    /// The same within a Design: sums and products have points further out than the few types that they are of.
    private static var inferredIntegerLimit: Int { 16 * widthLimit }

    /// Bytes; no type is longer, and messages repeat it.
    private static var lengthLimit: Int { 200 }

    static let forms = "write fixed<W,I>, ufixed<W,I>, fixed<W,I,Q,O> or int<W>; the ap_ in front is optional"

    /// Reads `[ap_][u]fixed<W,I[,Q[,O[,N]]]>`, `[ap_][u]int<W>` and `ac_fixed<W,I[,S[,Q[,O]]]>`, white space and the
    /// `AP_`/`AC_` in front of mode names being optional.
    public init(parsing text: String) throws(TypeSyntaxError) {
        self = try Self(parsing: text, integerLimit: Self.integerLimit)
    }

    /// Reads a type as a Design states it, inferred ones among them.
    public init(inferred text: String) throws(TypeSyntaxError) {
        self = try Self(parsing: text, integerLimit: Self.inferredIntegerLimit)
    }

    private init(parsing text: String, integerLimit: Int) throws(TypeSyntaxError) {
        guard text.utf8.count <= Self.lengthLimit else {
            throw TypeSyntaxError(description: "a text of \(text.utf8.count) bytes is not a type", help: Self.forms)
        }
        let compact = text.filter { !$0.isWhitespace }
        guard let open = compact.firstIndex(of: "<"), compact.hasSuffix(">") else {
            throw TypeSyntaxError(description: "'\(text)' is not a type", help: Self.forms)
        }
        let head = compact[..<open].lowercased()
        let body = compact[compact.index(after: open)...].dropLast()
        let arguments = body.split(separator: ",", omittingEmptySubsequences: false).map(String.init)

        func number(_ index: Int, _ what: String) throws(TypeSyntaxError) -> Int {
            guard index < arguments.count, let value = Int(arguments[index]) else {
                let written = index < arguments.count ? "'\(arguments[index])'" : "nothing"
                throw TypeSyntaxError(
                    description: "'\(text)': \(what) is \(written), expected a whole number", help: Self.forms)
            }
            return value
        }
        func mode<Mode: RawRepresentable & CaseIterable>(_ index: Int, _ what: String, _ standard: Mode)
            throws(TypeSyntaxError) -> Mode where Mode.RawValue == String
        {
            guard index < arguments.count else { return standard }
            var name = arguments[index].uppercased()
            for prefix in ["AP_", "AC_"] where name.hasPrefix(prefix) { name.removeFirst(prefix.count) }
            if let mode = Mode(rawValue: name) { return mode }
            let legal = Mode.allCases.map(\.rawValue).joined(separator: ", ")
            throw TypeSyntaxError(
                description: "'\(text)': '\(arguments[index])' is not \(what)", help: "\(what) is one of \(legal)")
        }

        var type: FixedType
        var most: Int
        switch head {
        case "fixed", "ap_fixed", "ufixed", "ap_ufixed":
            type = FixedType(width: try number(0, "the width"), integer: try number(1, "the integer part"))
            type.signed = !head.contains("ufixed")
            type.rounding = try mode(2, "a rounding mode", Rounding.trn)
            type.overflow = try mode(3, "an overflow mode", Overflow.wrap)
            if arguments.count > 4 { type.saturationBits = try number(4, "the number of saturation bits") }
            most = 5
        case "int", "ap_int", "uint", "ap_uint":
            type = .int(try number(0, "the width"), signed: !head.contains("uint"))
            most = 1
        case "ac_fixed":
            type = FixedType(width: try number(0, "the width"), integer: try number(1, "the integer part"))
            if arguments.count > 2 {
                switch arguments[2].lowercased() {
                case "true", "1": type.signed = true
                case "false", "0": type.signed = false
                default:
                    throw TypeSyntaxError(
                        description: "'\(text)': the sign flag is '\(arguments[2])'", help: "write true or false")
                }
            }
            type.rounding = try mode(3, "a rounding mode", Rounding.trn)
            type.overflow = try mode(4, "an overflow mode", Overflow.wrap)
            most = 5
        default:
            throw TypeSyntaxError(description: "'\(text)' is not a type that hlsbuild knows", help: Self.forms)
        }
        guard arguments.count <= most else {
            throw TypeSyntaxError(
                description: "'\(text)' has \(arguments.count) arguments, at most \(most) have a meaning",
                help: Self.forms)
        }
        if let fault = type.fault(integerLimit: integerLimit) {
            throw TypeSyntaxError(description: "'\(text)': \(fault.description)", help: fault.help)
        }
        self = type
    }

    /// What makes it no type that a project file can state; nil where nothing does.
    public var fault: TypeSyntaxError? { fault(integerLimit: Self.integerLimit) }

    private func fault(integerLimit: Int) -> TypeSyntaxError? {
        guard (1...Self.widthLimit).contains(width) else {
            return TypeSyntaxError(
                description: "a width of \(width) bits is not possible",
                help: "a width lies between 1 and \(Self.widthLimit)")
        }
        // The magnitude: the smallest number of all has no absolute value.
        guard integer.magnitude <= UInt(integerLimit) else {
            return TypeSyntaxError(
                description: "an integer part of \(integer) bits is not possible", help: Self.forms)
        }
        guard (0...width).contains(saturationBits) else {
            return TypeSyntaxError(
                description: "\(saturationBits) saturation bits are not possible",
                help: "the number of saturation bits lies between 0 and the width")
        }
        return nil
    }
}

extension FixedType: Codable {
    /// One string, so that types read well in the Design's JSON.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        self = try FixedType(inferred: text)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

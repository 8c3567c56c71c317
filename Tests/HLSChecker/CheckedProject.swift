/// What a written project states about itself, read from its files.
struct CheckedProject {
    let target: PragmaTable.Target
    /// All files by path, those of ap_types left out.
    let files: [String: String]
    /// What synthesis reads, weights left out, by path in alphabetical order.
    let sources: [CheckedSource]
    /// Test bench and bridge, with the header that they share.
    let host: [CheckedSource]
    /// The name of the top function.
    let top: String
    /// Types that are numbers or groups of them, by the names that the project gives them.
    let types: [String: NumberType]

    /// A layer's kernel and what it is called with.
    struct Call {
        /// As its files are called.
        var layer: String
        var kernel: String
        /// Template arguments: types of inputs and output, then the config struct.
        var types: [String]
        var arguments: [String]
        /// How many calls stand side by side because the loop around them is unrolled.
        var copies: Int
    }

    init(
        _ files: [String: String], _ target: PragmaTable.Target, _ sources: [CheckedSource],
        host: [CheckedSource] = []
    ) {
        self.target = target
        self.files = files
        self.sources = sources
        self.host = host
        let isTop = { (path: String) in path.hasPrefix("firmware/") && !path.dropFirst(9).contains("/") }
        let path = sources.map(\.path).first { isTop($0) && $0.hasSuffix(".cpp") } ?? ""
        top = String(path.dropFirst("firmware/".count).dropLast(".cpp".count))
        var types: [String: NumberType] = [:]
        for source in sources where !source.path.contains("nnet_utils") {
            for statement in source.root.statements where statement.hasPrefix("typedef ") {
                types[Cpp.names(statement).last ?? ""] = NumberType(statement)
            }
        }
        self.types = types
    }

    /// Functions that are no templates, by name.
    var functions: [String: CheckedSource.Block] {
        let plain = sources.flatMap { $0.root.blocks }.filter {
            $0.kind == .function && !$0.header.hasPrefix("template")
        }
        return Dictionary(plain.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    var topFunction: CheckedSource.Block? { functions[top] }

    /// The definition of a kernel for arrays or for streams.
    func kernel(_ name: String, isStream: Bool) -> CheckedSource.Block? {
        sources.lazy.filter { $0.path.contains("nnet_utils") }.flatMap(\.functions).first {
            $0.name == name && $0.header.contains("hls::stream<") == isStream
        }
    }

    var calls: [Call] {
        functions.values.sorted { $0.name < $1.name }.flatMap { function in
            function.all.flatMap { block in block.statements.compactMap { call($0, block, function.name) } }
        }
    }

    private func call(_ statement: String, _ block: CheckedSource.Block, _ layer: String) -> Call? {
        guard statement.hasPrefix("nnet::"), let open = statement.firstIndex(of: "<"),
            let types = Cpp.inside(statement[...], from: open), types.hasSuffix("_config"),
            let call = Cpp.calls(statement).first
        else { return nil }
        let isUnrolled = block.kind == .loop && block.pragma("unroll") != nil
        return Call(
            layer: String(layer.dropFirst(top.count + 1)), kernel: call.name,
            types: Cpp.split(types, at: ",").map { $0.filter { $0 != " " } },
            arguments: call.arguments.map { String($0.drop { $0 == " " }) },
            copies: isUnrolled ? LoopRules.trips(block.header) ?? 1 : 1)
    }

    /// The config struct of a call.
    func config(of call: Call) -> Config? {
        sources.lazy.filter { $0.path.hasSuffix("_config.h") }.flatMap(\.root.blocks)
            .first { $0.kind == .scope && $0.name == call.types.last }.map { Config($0.statements) }
    }

    /// A type by its name, also the one of an element of a group.
    func type(_ name: String) -> NumberType? {
        guard let range = name.firstRange(of: "::value_type") else { return types[name] }
        var type = types[String(name[..<range.lowerBound])]
        type?.count = 1
        return type
    }

    /// Members of a config struct.
    struct Config {
        var numbers: [String: Int] = [:]
        var types: [String: NumberType] = [:]
        /// What is behind a member's name, or in front of a type's, as it is written.
        var texts: [String: String] = [:]

        init(_ statements: [String]) {
            for statement in statements {
                let words = Cpp.names(statement)
                if statement.hasPrefix("typedef "), let name = words.last {
                    types[name] = NumberType(statement)
                    texts[name] = statement.dropFirst("typedef ".count).dropLast(name.count).filter { $0 != " " }
                } else if let equals = statement.firstIndex(of: "="),
                    let name = Cpp.names(String(statement[..<equals])).last
                {
                    let value = statement[equals...].dropFirst().filter { $0 != " " }
                    numbers[name] = Int(value)
                    texts[name] = value
                }
            }
        }

        /// `C::n_in * C::n_out / C::reuse_factor`, or `C::n_in + 1`, where all of it is known.
        func value(_ product: String) -> Int? {
            let terms = product.split(separator: "+")
            if terms.count > 1 {
                return terms.reduce(0) { sum, term -> Int? in
                    guard let sum, let value = value(String(term)) else { return nil }
                    return sum + value
                }
            }
            let parts = product.split(separator: "/", maxSplits: 1).map(String.init)
            let top = parts[0].split(separator: "*").reduce(1) { total, factor -> Int? in
                let name = Cpp.names(String(factor)).last ?? ""
                guard let total, let value = Int(name) ?? numbers[name] else { return nil }
                return total.multipliedReportingOverflow(by: value).partialValue
            }
            guard parts.count > 1 else { return top }
            guard let top, let divisor = value(parts[1]), divisor > 0 else { return nil }
            return top / divisor
        }
    }
}

/// A type of the vendor's headers, and how many of it stand together in an element of a stream.
struct NumberType: Equatable {
    var width: Int
    var integer: Int
    var isSigned: Bool
    var isInteger: Bool
    var count = 1

    var fraction: Int { width - integer }
    /// Of the whole element of a stream.
    var bits: Int { width.multipliedReportingOverflow(by: count).partialValue }

    init(_ width: Int, _ integer: Int, isSigned: Bool = true, isInteger: Bool = false) {
        self.width = width
        self.integer = integer
        self.isSigned = isSigned
        self.isInteger = isInteger
    }

    /// Reads the first number type in a text: `typedef nnet::array<ap_fixed<16,6>, 4> fc1_t`.
    init?(_ text: String) {
        guard let start = text.firstRange(of: "ap_"), let open = text[start.lowerBound...].firstIndex(of: "<"),
            let inside = Cpp.inside(text[...], from: open)
        else { return nil }
        let numbers = inside.split(separator: ",").map { Int($0.filter { $0 != " " }) }
        guard let first = numbers.first, let width = first else { return nil }
        let name = text[start.lowerBound..<open]
        isInteger = name.hasSuffix("int")
        isSigned = !name.hasPrefix("ap_u")
        self.width = width
        integer = isInteger ? width : numbers.dropFirst().first.flatMap { $0 } ?? width
        if text.contains("nnet::array<") {
            let behind = text[inside.endIndex...].dropFirst().drop { $0 == "," || $0 == " " }
            count = Int(behind.prefix(while: \.isNumber)) ?? 1
        }
    }

    private static func joined(_ a: NumberType, _ b: NumberType) -> NumberType {
        let integer = max(
            a.integer + (b.isSigned && !a.isSigned ? 1 : 0), b.integer + (a.isSigned && !b.isSigned ? 1 : 0))
        return NumberType(
            integer + max(a.fraction, b.fraction), integer, isSigned: a.isSigned || b.isSigned,
            isInteger: a.isInteger && b.isInteger)
    }

    static func + (a: NumberType, b: NumberType) -> NumberType {
        var sum = joined(a, b)
        sum.width += 1
        sum.integer += 1
        return sum
    }

    static func - (a: NumberType, b: NumberType) -> NumberType {
        var difference = a + b
        difference.isSigned = true
        return difference
    }

    static func * (a: NumberType, b: NumberType) -> NumberType {
        NumberType(
            a.width + b.width, a.integer + b.integer, isSigned: a.isSigned || b.isSigned,
            isInteger: a.isInteger && b.isInteger)
    }

    static prefix func - (a: NumberType) -> NumberType {
        NumberType(a.width + 1, a.integer + 1, isInteger: a.isInteger)
    }
}

/// What must be known when the hardware is made: bounds of unrolled loops, bit ranges, divisors, places in registers.
struct IndexRules {
    let source: CheckedSource
    /// Arguments of inlined functions that they use as an index, by the function's name.
    let indexers: [String: Set<Int>]

    /// Up to this size a multiplexer is cheap.
    static let smallArray = 16

    func check(_ found: inout [Checker.Finding]) {
        source.sites { text, environment, function in
            var faults = bounds(text, environment)
            var declared = environment
            declared.add(text)
            faults += slices(text, environment) + quotients(text, declared) + places(text, environment)
            found += faults.map { .init(rule: $0, file: source.path, text: "\($1) in \(function.name): \(text)") }
        }
    }

    /// Inlined functions and the arguments that end up in a subscript.
    static func indexers(_ sources: [CheckedSource]) -> [String: Set<Int>] {
        var indexers: [String: Set<Int>] = [:]
        for function in sources.flatMap(\.functions) where function.pragma("inline").map({ $0.count == 1 }) ?? false {
            let tables = Set(Cpp.parameters(function.header)).subtracting(Environment.registerParameters)
            let subscripts = function.all.flatMap(\.statements).flatMap(Cpp.subscripts).filter {
                !tables.contains($0.array)
            }
            let indices = Set(subscripts.flatMap { Cpp.names($0.index) })
            for (index, argument) in Cpp.arguments(function.header).enumerated() where argument.hasPrefix("unsigned ") {
                guard let name = Cpp.names(argument).last, indices.contains(name) else { continue }
                indexers[function.name, default: []].insert(index)
            }
        }
        return indexers
    }

    /// A loop that is unrolled ends at a constant. (That it is unrolled at all, its own pragma or a PIPELINE around says.)
    private func bounds(_ text: String, _ environment: Environment) -> [(Rule, String)] {
        guard text.contains("for (") || text.contains("while ("), environment.isPipelined else { return [] }
        var inner = environment
        inner.enterLoop(.init(.loop, text))
        let counter = Cpp.names(String(text.drop { $0 != "(" }.prefix { $0 != "=" })).last ?? ""
        return inner.constants.contains(counter) && text.contains("for (") ? [] : [(.bound, "no constant bound")]
    }

    private func slices(_ text: String, _ environment: Environment) -> [(Rule, String)] {
        Cpp.calls(text).filter { call in
            guard call.arguments.count == 2, !call.isTemplate else { return false }
            let isMember = text[..<call.start].hasSuffix(".")
            let isVariable = environment.variables[call.name] != nil && !isDeclaration(text, call.start)
            guard isMember ? call.name == "range" : isVariable else { return false }
            return !call.arguments.allSatisfy(environment.isConstant)
        }.map { (.division, "a bit range that changes: \($0.name)") }
    }

    /// `type_t name(a, b)` declares a variable.
    private func isDeclaration(_ text: String, _ start: String.Index) -> Bool {
        let front = text[..<start]
        return front.hasSuffix(" ") && front.dropLast().last.map { Cpp.isWord($0) || $0 == ">" || $0 == "&" } ?? false
    }

    private func quotients(_ text: String, _ environment: Environment) -> [(Rule, String)] {
        text.indices.filter { text[$0] == "%" || text[$0] == "/" }.compactMap { at in
            let left = String(Self.operand(text[..<at].reversed(), opening: ")]", closing: "([").reversed())
            let right = Self.operand(text[text.index(after: at)...], opening: "([", closing: ")]")
            let divisor = Int(right.filter { $0 != " " })
            if text[at] == "/", let divisor, divisor > 0, divisor & (divisor - 1) == 0 { return nil }
            let isKnown = environment.isConstant(left) && environment.isConstant(right)
            return isKnown ? nil : (.division, "\(text[at]) computed in hardware")
        }
    }

    /// The text up to where the expression ends that an operator stands in.
    private static func operand(_ text: some Sequence<Character>, opening: String, closing: String) -> String {
        var depth = 0
        var kept = ""
        for character in text {
            if opening.contains(character) { depth += 1 }
            if closing.contains(character) { depth -= 1 }
            if depth < 0 || depth == 0 && ",;?<>&|=".contains(character) { break }
            kept.append(character)
        }
        return kept
    }

    private func places(_ text: String, _ environment: Environment) -> [(Rule, String)] {
        func isLarge(_ array: String) -> Bool {
            environment.registers.contains(array) && (environment.size(array) ?? .max) > Self.smallArray
        }
        var faults: [(Rule, String)] = []
        for (array, index) in Cpp.subscripts(text) where isLarge(array) {
            if !environment.isConstant(index) { faults.append((.multiplexer, "\(array)[\(index)] changes")) }
        }
        for call in Cpp.calls(text) {
            for argument in call.arguments {
                let parts = argument.split(separator: "+", maxSplits: 1).map { $0.filter { $0 != " " } }
                if parts.count == 2, isLarge(parts[0]), !environment.isConstant(parts[1]), call.name != "for" {
                    faults.append((.multiplexer, "\(argument) changes"))
                }
            }
            for index in indexers[call.name] ?? [] where index < call.arguments.count {
                if !environment.isConstant(call.arguments[index]) {
                    faults.append((.multiplexer, "\(call.arguments[index]) of \(call.name) changes"))
                }
            }
        }
        return faults
    }
}

/// What is known where a statement stands: which names are fixed when the hardware is made, and which are variables.
struct Environment {
    /// Constants, template parameters and counters of unrolled loops.
    var constants: Set<String> = []
    /// Parameters and locals, with their declarations.
    var variables: [String: String] = [:]
    /// Arrays of registers: locals, and by the kernels' convention the parameters x, y, values and acc.
    var registers: Set<String> = []
    /// Loops from here on are unrolled, because a PIPELINE is around them.
    var isPipelined = false

    private static let words: Set<String> = ["unsigned", "int", "bool", "sizeof", "true", "false", "const", "typename"]
    static let registerParameters: Set<String> = ["x", "y", "values", "acc"]

    /// Whether nothing in the expression is known only at run time.
    func isConstant(_ expression: String) -> Bool {
        var rest = expression[...]
        var before: Substring = ""
        while let start = rest.firstIndex(where: Cpp.isWord) {
            before = expression[..<start]
            let name = rest[start...].prefix(while: Cpp.isWord)
            let behind = expression[name.endIndex...].drop { $0 == " " }
            rest = expression[name.endIndex...]
            let isQualified = before.hasSuffix("::") || behind.hasPrefix("::") || behind.hasPrefix("<")
            let isKnown =
                isQualified || name.first?.isNumber == true || Self.words.contains(String(name))
                || constants.contains(String(name))
            if !isKnown { return false }
        }
        return true
    }

    /// What the blocks around a function make known.
    init(around: [CheckedSource.Block]) {
        for block in around {
            constants.formUnion(Cpp.templateParameters(block.header))
            for statement in block.statements where statement.hasPrefix("static const") { add(statement) }
        }
    }

    mutating func enter(_ function: CheckedSource.Block) {
        constants.formUnion(Cpp.templateParameters(function.header))
        let isInlined = function.pragma("inline").map { !$0.contains("off") } ?? false
        for argument in Cpp.arguments(function.header) {
            guard let name = Cpp.names(String(argument.prefix { $0 != "[" })).last else { continue }
            variables[name] = argument
            if Self.registerParameters.contains(name) { registers.insert(name) }
            // Whoever calls an inlined function with an index is asked in its place.
            if isInlined, argument.hasPrefix("unsigned ") { constants.insert(name) }
        }
        isPipelined = isSteered(function)
    }

    private func isSteered(_ block: CheckedSource.Block) -> Bool {
        block.pragma("pipeline").map { !$0.contains("off") } ?? false
    }

    mutating func enterLoop(_ loop: CheckedSource.Block) {
        let parts = loop.header.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 3, let counter = Cpp.names(String(parts[0].prefix { $0 != "=" })).last {
            let limit = parts[1].split(separator: "<", maxSplits: 1).last.map(String.init) ?? ""
            let isUnrolled = isPipelined || loop.pragma("unroll").map { $0.count == 1 } ?? false
            if isUnrolled, isConstant(limit) || isCounted(parts[1], counter) {
                constants.insert(counter)
            } else {
                constants.remove(counter)
                variables[counter] = parts[0]
            }
        }
        isPipelined = isPipelined || isSteered(loop)
    }

    /// `i + 1 < N`: the counter and constants.
    private func isCounted(_ condition: String, _ counter: String) -> Bool {
        var inner = self
        inner.constants.insert(counter)
        return inner.isConstant(condition)
    }

    /// Takes in what a statement declares.
    mutating func add(_ statement: String) {
        let isConst = statement.hasPrefix("const ") || statement.hasPrefix("static const ")
        let value = statement.firstIndex(of: "=").map { String(statement[statement.index(after: $0)...]) }
        let front = statement.prefix { $0 != "=" && $0 != "[" && $0 != "(" }
        let words = Cpp.names(Cpp.split(front, at: ",").first ?? "")
        guard words.count > 1, let name = words.last, !["return", "typedef", "using", "if"].contains(words[0]) else {
            return
        }
        let isNumber = words.contains { ["unsigned", "int", "bool"].contains($0) }
        if isConst, isNumber, let value {
            // `const unsigned a = n / 2, b = n - 2` declares two.
            for (index, part) in Cpp.split(value, at: ",").enumerated() {
                let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
                let own = index == 0 ? name : Cpp.names(sides.first ?? "").first ?? ""
                if isConstant(index == 0 ? part : sides.last ?? "") { constants.insert(own) }
                variables[own] = statement
            }
        } else {
            variables[name] = statement
            if !statement.hasPrefix("static const ") { registers.insert(name) }
        }
    }

    /// The number of elements of an array, where its declaration writes it out.
    func size(_ array: String) -> Int? {
        guard let declaration = variables[array] else { return nil }
        let sizes = Cpp.dimensions(declaration).map { Int($0) }
        guard !sizes.isEmpty else { return nil }
        return sizes.reduce(1) { total, size in total.flatMap { total in size.map { total * $0 } } }
    }
}

extension CheckedSource {
    /// Every statement and loop header of every function, with what is known there.
    func sites(_ visit: (_ text: String, _ environment: Environment, _ function: Block) -> Void) {
        root.walk { function, around in
            guard function.kind == .function else { return }
            var environment = Environment(around: around)
            environment.enter(function)
            Self.sites(function, environment, function, visit)
        }
    }

    private static func sites(
        _ block: Block, _ environment: Environment, _ function: Block, _ visit: (String, Environment, Block) -> Void
    ) {
        var environment = environment
        for item in block.items {
            switch item {
            case .statement(let text):
                visit(text, environment, function)
                environment.add(text)
            case .block(let inner):
                var around = environment
                around.isPipelined = around.isPipelined || inner.pragma("unroll")?.count == 1
                visit(inner.header, around, function)
                var within = environment
                if inner.kind == .loop { within.enterLoop(inner) }
                sites(inner, within, function, visit)
            }
        }
    }
}

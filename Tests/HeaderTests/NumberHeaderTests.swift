import Testing
import TestSupport

/// ap_fixed.h and ap_int.h against the oracle: random types and values, all modes, and the corners of both.
@Suite(.enabled(if: Compiler.isAvailable, "no C++ compiler"))
struct NumberHeaderTests {
    /// Runs the calls as one program and reports the first lines that differ.
    func check(_ all: [Vector]) async throws {
        let vectors = Compiler.usesOwnHeaders ? all : all.filter { !$0.vendorFails }
        let calls = vectors.map { "    \($0.call);" }.joined(separator: "\n")
        let lines = try await Compiler.run(prelude + "int main() {\n\(calls)\n}\n")
        var reported = 0
        for (index, vector) in vectors.enumerated() {
            var line = index < lines.count ? lines[index] : "(nothing)"
            while line.last == " " { line.removeLast() }
            if line == vector.expected { continue }
            reported += 1
            if reported <= (Compiler.usesOwnHeaders ? 8 : 200) {
                Issue.record("\(vector.call)\n  printed \(line)\n  expected \(vector.expected)")
            }
        }
        #expect(reported == 0, "\(reported) of \(vectors.count) vectors differ")
    }

    /// Every rounding with every overflow mode, to signed and unsigned types.
    @Test func conversionsInEveryMode() async throws {
        var random = Dice(state: 1)
        var vectors: [Vector] = []
        for rounding in Rounding.allCases {
            for overflow in Overflow.allCases {
                for signed in [true, false] where overflow != .signMagnitude || signed {
                    for limit in [12, 128] {
                        let from = random.fixedType(upTo: limit)
                        var to = random.fixedType(upTo: limit)
                        (to.signed, to.rounding, to.overflow) = (signed, rounding, overflow)
                        if overflow == .wrap || overflow == .signMagnitude {
                            to.saturatedBits = Int.random(in: 0...min(3, to.width), using: &random)
                        }
                        for _ in 0..<16 { vectors.append(.conversion(from, random.raw(from), to: to)) }
                    }
                }
            }
        }
        try await check(vectors)
    }

    @Test func conversionsBetweenKinds() async throws {
        var random = Dice(state: 2)
        var vectors: [Vector] = []
        for _ in 0..<30 {
            let (fixed, integer) = (random.fixedType(upTo: 128), random.integerType(upTo: 128))
            let other = random.integerType(upTo: 200)
            for _ in 0..<8 {
                vectors.append(.conversion(fixed, random.raw(fixed), to: integer))
                vectors.append(.conversion(integer, random.raw(integer), to: fixed))
                vectors.append(.conversion(integer, random.raw(integer), to: other))
            }
        }
        try await check(vectors)
    }

    @Test func fromDouble() async throws {
        var random = Dice(state: 3)
        var vectors: [Vector] = []
        for round in 0..<80 {
            var to = round % 10 == 0 ? random.integerType(upTo: 64) : random.fixedType(upTo: round % 4 == 0 ? 128 : 32)
            if !to.isInteger {
                to.rounding = Rounding.allCases.randomElement(using: &random) ?? .halfUp
                to.overflow = Overflow.allCases.randomElement(using: &random) ?? .wrap
                if to.overflow == .signMagnitude { to.signed = true }
            }
            for _ in 0..<12 { vectors.append(.double(value(near: to, &random), to: to)) }
        }
        try await check(vectors)
    }

    /// Ties, values in range, values far out of it and tiny ones.
    private func value(near type: NumberType, _ random: inout Dice) -> Double {
        let scale = Double(sign: .plus, exponent: -type.fractionBits, significand: 1)
        let sign: Double = Bool.random(using: &random) ? 1 : -1
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return sign * (Double(Int.random(in: 0...1000, using: &random)) + 0.5) * scale
        case 1: return sign * Double(sign: .plus, exponent: Int.random(in: -60...90, using: &random), significand: 1.25)
        case 2: return sign * Double(Int.random(in: 0...(1 << 40), using: &random)) * scale / 8
        case 3: return [0, -0.0, 1, -1, 0.1, -0.1].randomElement(using: &random) ?? 0
        default:
            let range = Double(sign: .plus, exponent: type.integerBits, significand: 1.5)
            return Double.random(in: -range...range, using: &random)
        }
    }

    @Test func arithmetic() async throws {
        var random = Dice(state: 4)
        var vectors: [Vector] = []
        for round in 0..<60 {
            let limit = round % 3 == 0 ? 128 : 40
            var a = round % 4 == 1 ? random.integerType(upTo: limit) : random.fixedType(upTo: limit)
            let b = round % 4 >= 2 ? random.integerType(upTo: limit) : random.fixedType(upTo: limit)
            if !a.isInteger && round % 2 == 0 {
                a.rounding = Rounding.allCases.randomElement(using: &random) ?? .halfUp
                a.overflow = .saturate
            }
            for _ in 0..<8 { vectors.append(.binary(a, random.raw(a), b, random.raw(b))) }
            for _ in 0..<8 { vectors.append(.ordered(a, random.raw(a), b, random.raw(b))) }
            for _ in 0..<3 { vectors.append(.withInt(a, random.raw(a), Int.random(in: -300...300, using: &random))) }
        }
        try await check(vectors)
    }

    @Test func integerArithmetic() async throws {
        var random = Dice(state: 5)
        var vectors: [Vector] = []
        for _ in 0..<30 {
            let (a, b) = (random.integerType(upTo: 128), random.integerType(upTo: 128))
            for _ in 0..<8 {
                let (x, y) = (random.raw(a), random.raw(b))
                vectors.append(.binary(a, x, b, y))
                vectors.append(.ordered(a, x, b, y))
                if !y.isZero { vectors.append(.remainder(a, x, b, y)) }
            }
        }
        try await check(vectors)
    }

    @Test func unaryOperatorsAndShifts() async throws {
        var random = Dice(state: 6)
        var vectors: [Vector] = []
        for round in 0..<50 {
            var a = round % 3 == 0 ? random.integerType(upTo: 128) : random.fixedType(upTo: 128)
            if round % 3 == 1 {
                a.rounding = .halfEven
                a.overflow = .saturate
            }
            for _ in 0..<8 {
                vectors.append(.unary(a, random.raw(a), shift: Int.random(in: 0..<a.width, using: &random)))
            }
        }
        try await check(vectors)
    }

    @Test func doublesAndBits() async throws {
        var random = Dice(state: 7)
        var vectors: [Vector] = []
        for round in 0..<50 {
            let small = round % 3 == 0 ? random.integerType(upTo: 53) : random.fixedType(upTo: 53)
            let a = round % 3 == 0 ? random.integerType(upTo: 128) : random.fixedType(upTo: 128)
            for _ in 0..<8 {
                vectors.append(.toDouble(small, random.raw(small)))
                let low = Int.random(in: 0..<a.width, using: &random)
                let high = Int.random(in: low..<a.width, using: &random)
                vectors.append(.bits(a, random.raw(a), high: high, low: low, random.raw(a)))
            }
        }
        try await check(vectors)
    }
}

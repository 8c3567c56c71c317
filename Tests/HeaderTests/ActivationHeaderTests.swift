import Testing
import TestSupport

/// Activations and batch normalisation, on arrays and on streams, against their formulas.
@Suite(.enabled(if: Compiler.isAvailable, "no C++ compiler"))
struct ActivationHeaderTests {
    static let count = 96
    static let entries = 64
    let input = NumberType(width: 10, integerBits: 5, signed: true)
    let result = NumberType(width: 12, integerBits: 5, signed: true, rounding: .halfUp, overflow: .saturate)
    let entry = NumberType(width: 14, integerBits: 4, signed: true)
    let slope = NumberType(width: 8, integerBits: 1, signed: true)

    /// A kernel's arguments after x and y, and what it does to the element i.
    struct Activation {
        var name: String
        var arguments: String
        var value: (Dyadic, Int) -> Dyadic
    }

    private func clamp(_ index: BigInt) -> Int {
        (0..<Self.entries).first { BigInt($0) >= index } ?? Self.entries - 1
    }

    private func activations(_ a: [Dyadic], _ table: [Dyadic]) -> [Activation] {
        let (zero, one) = (Dyadic(0), Dyadic(1))
        // 64 entries over [-8, 8): 4 for each unit, the middle at 32; for negative numbers 8 for each unit of [0, 8).
        let centred = { (x: Dyadic) in table[self.clamp(x.scaled(by: 2).truncated + BigInt(Self.entries / 2))] }
        // Bins of a half from -10 on: twice x rounded down, which toward zero is of what is above it.
        let binned = { (x: Dyadic) in
            table[self.clamp((x.scaled(by: 1) + Dyadic(64)).truncated - BigInt(64 - 20))]
        }
        let below = { (x: Dyadic) in table[self.clamp((-x).scaled(by: 3).truncated)] }
        let clip = { (x: Dyadic) in min(max(a[0] * x + a[1], zero), one) }
        return [
            Activation(name: "linear", arguments: "") { x, _ in x },
            Activation(name: "relu", arguments: "") { x, _ in max(x, zero) },
            Activation(name: "relu_max", arguments: ", 6") { x, _ in min(max(x, zero), Dyadic(6)) },
            Activation(name: "relu_general", arguments: ", 6, a[0], a[1]") { x, _ in
                x >= Dyadic(6) ? Dyadic(6) : x >= a[1] ? x : a[0] * (x - a[1])
            },
            Activation(name: "leaky_relu", arguments: ", a[0]") { x, _ in x > zero ? x : a[0] * x },
            Activation(name: "prelu", arguments: ", a") { x, i in x > zero ? x : a[i % 4] * x },
            Activation(name: "thresholded_relu", arguments: ", a[1]") { x, _ in x > a[1] ? x : zero },
            Activation(name: "table_activation", arguments: ", table") { x, _ in centred(x) },
            Activation(name: "table_lookup", arguments: ", table") { x, _ in binned(x) },
            Activation(name: "elu", arguments: ", a[0], table") { x, _ in x >= zero ? x : a[0] * below(x) },
            Activation(name: "selu", arguments: ", a[1], table") { x, _ in x >= zero ? a[1] * x : below(x) },
            Activation(name: "hard_sigmoid", arguments: ", a[0], a[1]") { x, _ in clip(x) },
            Activation(name: "hard_tanh", arguments: ", a[0], a[1]") { x, _ in clip(x) + clip(x) - one },
            Activation(name: "binary_tanh", arguments: "") { x, _ in x >= zero ? one : -one },
            Activation(name: "ternary_tanh", arguments: "") { x, _ in
                let twice = (x + x).cast(to: self.input)
                return twice > one ? one : twice > -one ? zero : -one
            },
            Activation(name: "normalize", arguments: ", a, a + 1") { x, i in x * a[i % 4] + a[i % 4 + 1] },
            Activation(name: "normalize_binary_tanh", arguments: ", t") { x, i in
                x >= a[i % 4].cast(to: self.input) ? one : zero
            },
            Activation(name: "normalize_ternary_tanh", arguments: ", t + 1, t") { x, i in
                let (high, low) = (a[i % 4 + 1].cast(to: self.input), a[i % 4].cast(to: self.input))
                return x > high ? one : x <= low ? -one : zero
            },
        ]
    }

    @Test func everyActivation() async throws {
        var random = Dice(state: 21)
        let x = Tensor("x", input, count: Self.count, &random)
        let a = Tensor("a", slope, count: 5, &random), table = Tensor("table", entry, count: Self.entries, &random)
        var expected: [(label: String, line: String)] = []
        var calls = ""
        for activation in activations(a.values, table.values) {
            let y = x.values.enumerated().map { activation.value($0.element, $0.offset) }
            for form in ["array", "stream"] { expected.append(("\(activation.name) \(form)", printed(y, result))) }
            let span = activation.name == "elu" || activation.name == "selu" ? 3 : 4
            calls += """
                nnet::\(activation.name)<x_t, out_t, config<\(span)> >(x, y\(activation.arguments));
                print(y, \(Self.count));
                feed_stream(p, x, \(Self.count));
                nnet::\(activation.name)<nnet::array<x_t, 4>, nnet::array<out_t, 4>, config<\(span)> >(p, q\(activation.arguments));
                drain(q);

                """
        }
        let program = """

            typedef \(result.spelling) out_t;
            \([x, a, table].map(\.definition).joined(separator: "\n"))
            template <int span> struct config {
                static const unsigned n_in = \(Self.count), n_alpha = 4, n_chan = 4, reuse_factor = 2, table_size = \(Self.entries);
                static const int span_log2 = span, first = -20, step_log2 = -1;
                static const bool has_max = true;
                typedef a_t scale_t;
                typedef a_t bias_t;
                typedef table_t_ table_t;
            };
            int main() {
                static out_t y[\(Self.count)];
                x_t t[5];
                for (int i = 0; i < 5; i++) t[i] = a[i];
                hls::stream<nnet::array<x_t, 4> > p("p");
                hls::stream<nnet::array<out_t, 4> > q("q");
            \(calls)}

            """
            .replacing("typedef table_t_ table_t;", with: "typedef ::table_t table_t;")
        for problem in try await expectLines(program, expected, flags: "").prefix(6) { Issue.record("\(problem)") }
    }

    /// One-bit results write minus one as zero; a table of all values is indexed by the bits.
    @Test func bitsInAndOut() async throws {
        var random = Dice(state: 22)
        let narrow = NumberType(width: 6, integerBits: 2, signed: true), bit = NumberType.integer(1, signed: false)
        let x = Tensor("x", narrow, count: Self.count, &random)
        let table = Tensor("table", entry, count: 64, &random)
        let signs = x.values.map { $0 >= Dyadic(0) ? Dyadic(1) : Dyadic(0) }
        let looked = x.raw.map { raw in
            table.values[(0..<64).first { BigInt($0) == raw.modulo(powerOfTwo: 6) } ?? 0]
        }
        let expected = [("binary_tanh", printed(signs, bit)), ("unary_lut", printed(looked, result))]
            .map { (label: $0.0, line: $0.1) }
        let program = """

            typedef \(result.spelling) out_t;
            \([x, table].map(\.definition).joined(separator: "\n"))
            struct config {
                static const unsigned n_in = \(Self.count), table_size = 64;
                typedef ::table_t table_t;
            };
            int main() {
                static out_t y[\(Self.count)];
                static ap_uint<1> z[\(Self.count)];
                nnet::binary_tanh<x_t, ap_uint<1>, config>(x, z);
                print(z, \(Self.count));
                nnet::unary_lut<x_t, out_t, config>(x, y, table);
                print(y, \(Self.count));
            }

            """
        for problem in try await expectLines(program, expected, flags: "") { Issue.record("\(problem)") }
    }
}

import Testing
import TestSupport

/// The dense kernels against their definition: the order of the sum shows in a saturating, rounding accumulator.
@Suite(.enabled(if: Compiler.isAvailable, "no C++ compiler"))
struct DenseHeaderTests {
    static let (inputs, outputs) = (8, 4)
    let input = NumberType(width: 12, integerBits: 5, signed: true)
    let weight = NumberType(width: 8, integerBits: 2, signed: true)
    let bias = NumberType(width: 10, integerBits: 4, signed: true)
    let result = NumberType(width: 14, integerBits: 6, signed: true, rounding: .halfUp, overflow: .saturate)
    let narrow = NumberType(width: 12, integerBits: 5, signed: true, rounding: .halfEven, overflow: .saturate)
    /// Products are rounded to it, and sums in it are the same in any order.
    let wrapping = NumberType(width: 10, integerBits: 3, signed: true, rounding: .halfEven)
    /// Holds every partial sum of 8 products and a bias.
    let exact = NumberType(width: 28, integerBits: 15, signed: true)

    /// The inputs of one output's sum, in the order in which a kernel adds them.
    private func order(_ kernel: String, reuse: Int) -> [Int] {
        let steps = kernel == "latency" || kernel == "distributed" || reuse > Self.inputs ? 1 : reuse
        return (0..<steps).flatMap { stride(from: $0, to: Self.inputs, by: steps) }
    }

    private func evaluate(
        _ kernel: String, reuse: Int, _ accum: NumberType, _ x: [Dyadic], _ w: [Dyadic], _ b: [Dyadic]
    ) -> [Dyadic] {
        (0..<Self.outputs).map { j in
            order(kernel, reuse: reuse).reduce(b[j].cast(to: accum)) { sum, i in
                (sum + (x[i] * w[j * Self.inputs + i]).cast(to: accum)).cast(to: accum)
            }
        }
    }

    @Test(arguments: ["", "-DNNET_SHIFT_REGISTERS"])
    func everyStrategyAndReuseFactor(flags: String) async throws {
        var random = Dice(state: 11)
        let w = Tensor("w", weight, count: Self.inputs * Self.outputs, &random)
        let b = Tensor("b", bias, count: Self.outputs, &random)
        let x = (0..<6).map { Tensor("x\($0)", input, count: Self.inputs, &random) }
        var expected: [(label: String, line: String)] = []
        var calls = ""
        for reuse in [1, 2, 4, 8, 16, 32] {
            for (kernel, accum, sum) in [
                ("latency", narrow, "in_order"), ("resource", narrow, "in_order"), ("resource", wrapping, "at_once"),
                ("unrolled", narrow, "in_order"), ("distributed", exact, "in_order"),
            ] where kernel != "resource" || reuse > 1 {
                for (index, sample) in x.enumerated() {
                    let rewind = index % 2 == 0
                    calls +=
                        "run_\(kernel)<config<\(reuse), \(accum.spelling), nnet::\(sum), \(rewind)> >"
                        + "(\(sample.name));\n"
                    let y = evaluate(kernel, reuse: reuse, accum, sample.values, w.values, b.values)
                    for form in ["array", "stream"] {
                        expected.append(("\(kernel) \(form), reuse \(reuse), \(sum)", printed(y, result)))
                    }
                }
            }
        }
        let program = program(tensors: [w, b] + x, calls: calls)
        for problem in try await expectLines(program, expected, flags: flags).prefix(6) { Issue.record("\(problem)") }
    }

    private func program(tensors: [Tensor], calls: String) -> String {
        let runs = ["latency", "resource", "unrolled", "distributed"].map { kernel in
            let weights = kernel == "resource" ? "matrix<C::reuse_factor>()" : "w"
            return """
                template <class C> void run_\(kernel)(const in_t *x) {
                    out_t y[\(Self.outputs)];
                    nnet::dense_\(kernel)<in_t, out_t, C>(x, y, \(weights), b);
                    print(y, \(Self.outputs));
                    hls::stream<nnet::array<in_t, 2> > a("a");
                    hls::stream<nnet::array<out_t, \(Self.outputs)> > z("z");
                    feed_stream(a, x, \(Self.inputs));
                    nnet::dense_\(kernel)<nnet::array<in_t, 2>, nnet::array<out_t, \(Self.outputs)>, C>(a, z, \(weights), b);
                    drain(z);
                }

                """
        }
        return """

            typedef \(input.spelling) in_t;
            typedef \(result.spelling) out_t;
            \(tensors.map(\.definition).joined(separator: "\n"))
            template <unsigned reuse> const w_t (*matrix())[reuse] {
                return reinterpret_cast<const w_t (*)[reuse]>(w);
            }
            template <unsigned reuse, class A, class S, bool again> struct config {
                static const unsigned n_in = \(Self.inputs), n_out = \(Self.outputs), reuse_factor = reuse;
                typedef A accum_t;
                typedef w_t weight_t;
                typedef b_t bias_t;
                typedef nnet::multiply product;
                typedef S sum;
                static const bool rewind = again;
            };
            \(runs.joined())
            int main() {
            \(calls)}

            """
    }

    /// One-bit weights and inputs stand for -1 and 1.
    @Test func binaryProducts() async throws {
        var random = Dice(state: 12)
        let bit = NumberType.integer(1, signed: false)
        let w = Tensor("w", bit, count: Self.inputs * Self.outputs, &random)
        let v = Tensor("v", weight, count: Self.inputs * Self.outputs, &random)
        let b = Tensor("b", bias, count: Self.outputs, &random)
        let x = Tensor("x", input, count: Self.inputs, &random), d = Tensor("d", bit, count: Self.inputs, &random)
        func sign(_ t: Tensor) -> [Dyadic] { t.values.map { $0 == Dyadic(0) ? Dyadic(-1) : Dyadic(1) } }
        let zero = [Dyadic](repeating: Dyadic(0), count: Self.outputs)
        let expected = [
            ("weight_binary", evaluate("latency", reuse: 1, exact, x.values, sign(w), b.values)),
            ("data_binary", evaluate("latency", reuse: 1, exact, sign(d), v.values, b.values)),
            ("xnor", evaluate("latency", reuse: 1, exact, sign(d), sign(w), zero)),
        ].map { (label: $0.0, line: printed($0.1, result)) }
        let program = """

            typedef \(result.spelling) out_t;
            \([w, v, b, x, d].map(\.definition).joined(separator: "\n"))
            template <class W, class P> struct config {
                static const unsigned n_in = \(Self.inputs), n_out = \(Self.outputs), reuse_factor = 1;
                typedef \(exact.spelling) accum_t;
                typedef W weight_t;
                typedef b_t bias_t;
                typedef P product;
            };
            int main() {
                out_t y[\(Self.outputs)];
                static b_t none[\(Self.outputs)];
                for (int j = 0; j < \(Self.outputs); j++) none[j] = 0;
                nnet::dense_latency<x_t, out_t, config<w_t, nnet::weight_binary> >(x, y, w, b);
                print(y, \(Self.outputs));
                nnet::dense_latency<d_t, out_t, config<v_t, nnet::data_binary> >(d, y, v, b);
                print(y, \(Self.outputs));
                nnet::dense_latency<d_t, out_t, config<w_t, nnet::xnor> >(d, y, w, none);
                print(y, \(Self.outputs));
            }

            """
        for problem in try await expectLines(program, expected, flags: "") { Issue.record("\(problem)") }
    }
}

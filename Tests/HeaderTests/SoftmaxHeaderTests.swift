import Testing
import TestSupport

/// The four softmaxes, on arrays and on streams, with random tables and a saturating accumulator in which the shape of
/// the sum's tree shows.
@Suite(.enabled(if: Compiler.isAvailable, "no C++ compiler"))
struct SoftmaxHeaderTests {
    static let classes = 6
    static let entries = 32
    let input = NumberType(width: 10, integerBits: 4, signed: true)
    let norm = NumberType(width: 9, integerBits: 3, signed: false)
    let entry = NumberType(width: 12, integerBits: 4, signed: true)
    let accum = NumberType(width: 10, integerBits: 5, signed: true, rounding: .halfUp, overflow: .saturate)
    let inverse = NumberType(width: 11, integerBits: 6, signed: true, rounding: .halfEven, overflow: .saturate)
    let result = NumberType(width: 14, integerBits: 6, signed: true)

    /// The left part is the largest power of two below the count.
    private func treeSum(_ values: ArraySlice<Dyadic>) -> Dyadic {
        guard values.count > 1, let first = values.first else { return values.first ?? Dyadic(0) }
        var left = 1
        while 2 * left < values.count { left *= 2 }
        _ = first
        return (treeSum(values.prefix(left)) + treeSum(values.dropFirst(left))).cast(to: accum)
    }

    /// The upper five bits of a value in a type.
    private func top(_ value: Dyadic, _ type: NumberType) -> Int {
        let bits = value.raw(in: type).modulo(powerOfTwo: type.width).floorShifted(right: type.width - 5)
        return (0..<Self.entries).first { BigInt($0) == bits } ?? 0
    }

    private func clamp(_ index: BigInt) -> Int {
        (0..<Self.entries).first { BigInt($0) >= index } ?? Self.entries - 1
    }

    private func normalised(_ e: [Dyadic], _ inverses: [Dyadic]) -> [Dyadic] {
        let factor = inverses[top(treeSum(e[...]), inverse)]
        return e.map { $0 * factor }
    }

    private func stable(_ x: [Dyadic], _ exps: [Dyadic], _ inverses: [Dyadic]) -> [Dyadic] {
        let largest = x.max() ?? Dyadic(0)
        return normalised(x.map { exps[top((largest - $0), norm)].cast(to: accum) }, inverses)
    }

    private func latency(_ x: [Dyadic], _ exps: [Dyadic], _ inverses: [Dyadic]) -> [Dyadic] {
        normalised(x.map { exps[top($0, input)].cast(to: accum) }, inverses)
    }

    private func legacy(_ x: [Dyadic], _ exps: [Dyadic], _ inverses: [Dyadic]) -> [Dyadic] {
        x.indices.map { i in
            var sum = Dyadic(0)
            for j in x.indices {
                // 32 entries over [-8, 8): 2 for each unit.
                let term = j == i ? Dyadic(1) : exps[clamp((x[j] - x[i]).scaled(by: 1).truncated + BigInt(16))]
                sum = (sum + term.cast(to: entry)).cast(to: entry)
            }
            return inverses[clamp(sum.scaled(by: -1).truncated)]
        }
    }

    private func argmax(_ x: [Dyadic]) -> [Dyadic] {
        let first = x.firstIndex(of: x.max() ?? Dyadic(0))
        return x.indices.map { $0 == first ? Dyadic(1) : Dyadic(0) }
    }

    @Test func everyImplementation() async throws {
        var random = Dice(state: 31)
        let samples = (0..<24).map { Tensor("x\($0)", input, count: Self.classes, &random) }
        let exps = Tensor("exps", entry, count: Self.entries, &random)
        let inverses = Tensor("inverses", entry, count: Self.entries, &random)
        var expected: [(label: String, line: String)] = []
        for sample in samples {
            let x = sample.values
            let answers = [
                ("stable", stable(x, exps.values, inverses.values)),
                ("latency", latency(x, exps.values, inverses.values)),
                ("legacy", legacy(x, exps.values, inverses.values)), ("argmax", argmax(x)),
            ]
            for (name, y) in answers {
                for form in ["array", "stream"] { expected.append(("\(name) \(form)", printed(y, result))) }
            }
        }
        let calls = samples.map { "    run(\($0.name));\n" }.joined()
        for problem in try await expectLines(program([exps, inverses] + samples, calls), expected, flags: "").prefix(6)
        {
            Issue.record("\(problem)")
        }
    }

    private func program(_ tensors: [Tensor], _ calls: String) -> String {
        let runs = ["stable", "latency", "legacy", "argmax"].map { name in
            let tables = name == "argmax" ? "" : ", exps, inverses"
            return """
                    nnet::softmax_\(name)<in_t, out_t, config>(x, y\(tables));
                    print(y, \(Self.classes));
                    feed_stream(p, x, \(Self.classes));
                    nnet::softmax_\(name)<element<in_t>, element<out_t>, config>(p, q\(tables));
                    drain(q);

                """
        }
        return """

            typedef \(input.spelling) in_t;
            typedef \(result.spelling) out_t;
            \(tensors.map(\.definition).joined(separator: "\n"))
            struct config {
                static const unsigned n_in = \(Self.classes), n_elements = 1;
                static const unsigned exp_table_size = \(Self.entries), inv_table_size = \(Self.entries);
                typedef \(norm.spelling) inp_norm_t;
                typedef \(entry.spelling) exp_table_t;
                typedef \(entry.spelling) inv_table_t;
                typedef \(entry.spelling) table_t;
                typedef \(entry.spelling) sum_t;
                typedef \(inverse.spelling) inv_inp_t;
                typedef \(accum.spelling) accum_t;
            };
            template <class T> using element = nnet::array<T, \(Self.classes)>;
            void run(const in_t *x) {
                out_t y[\(Self.classes)];
                hls::stream<element<in_t> > p("p");
                hls::stream<element<out_t> > q("q");
            \(runs.joined())}
            int main() {
            \(calls)}

            """
    }
}

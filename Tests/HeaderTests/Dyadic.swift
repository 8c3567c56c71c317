import TestSupport
/// numerator / 2^exponent, exact: what a kernel's formula is evaluated in between two casts.
struct Dyadic: Comparable {
    var numerator: BigInt
    var exponent: Int

    init(_ numerator: BigInt, _ exponent: Int) {
        self.numerator = exponent < 0 ? numerator * BigInt.power(-exponent) : numerator
        self.exponent = max(exponent, 0)
    }

    init(_ value: Int) { self.init(BigInt(value), 0) }

    /// The value of raw bits in a type.
    init(raw: BigInt, _ type: NumberType) { self.init(raw, type.fractionBits) }

    /// The nearest value that a cast to the type gives.
    func cast(to type: NumberType) -> Dyadic {
        Dyadic(raw: type.asTarget.convert(numerator, exponent: exponent), type)
    }

    func raw(in type: NumberType) -> BigInt { type.asTarget.convert(numerator, exponent: exponent) }

    /// self * 2^n.
    func scaled(by n: Int) -> Dyadic { Dyadic(numerator, exponent - n) }

    /// The integer part, toward zero.
    var truncated: BigInt { numerator.dividedTowardZero(by: BigInt.power(exponent)).quotient }

    private static func aligned(_ a: Dyadic, _ b: Dyadic) -> (BigInt, BigInt, Int) {
        let exponent = max(a.exponent, b.exponent)
        return (
            a.numerator * BigInt.power(exponent - a.exponent), b.numerator * BigInt.power(exponent - b.exponent),
            exponent
        )
    }

    static func + (a: Dyadic, b: Dyadic) -> Dyadic {
        let (x, y, exponent) = aligned(a, b)
        return Dyadic(x + y, exponent)
    }
    static func - (a: Dyadic, b: Dyadic) -> Dyadic {
        let (x, y, exponent) = aligned(a, b)
        return Dyadic(x - y, exponent)
    }
    static func * (a: Dyadic, b: Dyadic) -> Dyadic { Dyadic(a.numerator * b.numerator, a.exponent + b.exponent) }
    static prefix func - (a: Dyadic) -> Dyadic { Dyadic(-a.numerator, a.exponent) }
    static func == (a: Dyadic, b: Dyadic) -> Bool {
        let (x, y, _) = aligned(a, b)
        return x == y
    }
    static func < (a: Dyadic, b: Dyadic) -> Bool {
        let (x, y, _) = aligned(a, b)
        return x < y
    }
}

/// A tensor for a test: random values and the C++ array of the same bits.
struct Tensor {
    var name: String
    var type: NumberType
    var raw: [BigInt]

    init(_ name: String, _ type: NumberType, count: Int, _ random: inout Dice) {
        (self.name, self.type) = (name, type)
        raw = (0..<count).map { _ in random.raw(type) }
    }

    var values: [Dyadic] { raw.map { Dyadic(raw: $0, type) } }

    /// A definition at namespace scope that fills itself before main.
    var definition: String {
        let digits = raw.map { "\"\($0.hex(bits: type.width))\"" }.joined(separator: ", ")
        return """
            typedef \(type.spelling) \(name)_t;
            static const filled<\(name)_t, \(raw.count)> \(name)_values = {{\(digits)}};
            static const \(name)_t *const \(name) = \(name)_values.get();
            """
    }
}

/// The C++ side of the kernel tests, after `prelude`.
let kernelPrelude = #"""
    #include "nnet_activation.h"
    #include "nnet_activation_stream.h"
    #include "nnet_batchnorm.h"
    #include "nnet_batchnorm_stream.h"
    #include "nnet_dense.h"
    #include "nnet_dense_stream.h"
    #include "nnet_softmax.h"
    #include "nnet_softmax_stream.h"

    template <class T, int N> struct filled {
        const char *bits[N];
        const T *get() const {
            T *values = new T[N];
            for (int i = 0; i < N; i++) values[i] = parse<T>(bits[i]);
            return values;
        }
    };
    template <class T> void print(const T *y, int n) {
        for (int i = 0; i < n; i++) show_bits(y[i], T::width), putchar(' ');
        done();
    }
    template <class T, unsigned N> void feed_stream(hls::stream<nnet::array<T, N> > &s, const T *x, int n) {
        for (int k = 0; k < n; k += N) {
            nnet::array<T, N> e;
            for (unsigned c = 0; c < N; c++) e[c] = x[k + c];
            s.write(e);
        }
    }
    template <class T, unsigned N> void drain(hls::stream<nnet::array<T, N> > &s) {
        while (!s.empty()) {
            const nnet::array<T, N> e = s.read();
            for (unsigned c = 0; c < N; c++) show_bits(e[c], T::width), putchar(' ');
        }
        done();
    }
    """#

/// Runs a kernel program and compares its lines with the expected ones.
func expectLines(_ program: String, _ expected: [(label: String, line: String)], flags: String) async throws -> [String]
{
    let lines = try await Compiler.run(
        prelude + "\n" + kernelPrelude + "\n" + program, flags: "-std=c++11 -O0 -w " + flags)
    var problems: [String] = []
    for (index, wanted) in expected.enumerated() {
        var line = index < lines.count ? lines[index] : "(nothing)"
        while line.last == " " { line.removeLast() }
        if line != wanted.line { problems.append("\(wanted.label)\n  printed \(line)\n  expected \(wanted.line)") }
    }
    return problems
}

/// Values as the C++ side prints an array of a type.
func printed(_ values: [Dyadic], _ type: NumberType) -> String {
    values.map { $0.raw(in: type).hex(bits: type.width) }.joined(separator: " ")
}

public import Basics
import FixedPoint
internal import Glibc
public import LayerKit
import Options

extension Softmax {
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let input = site.inputs[0]
        let implementation = site.option(\.implementation) ?? .stable
        var warnings: [Diagnostic] = []
        if site.compat == .hls4ml, input.shape.count > 1, implementation != .argmax {
            warnings.append(
                site.warning(
                    "hls4ml 1.3.0 normalises over all \(input.shape.elementCount) elements of a tensor of shape "
                        + "\(input.shape); softmax is taken over the last axis here, as trained"))
        }
        let method: SoftmaxOperation.Method
        switch implementation {
        case .stable: method = try stable(site, &warnings)
        case .latency: method = .latency(try hls4mlTables(site, argument: input.type, negative: false, nil))
        case .legacy: method = try legacy(site)
        case .argmax: method = .argmax
        }
        let operation = SoftmaxOperation(
            resultType: site.rules.result(inferred: .ufixed(18, 1, .rnd)), method: method,
            parallelization: try site.parallelization(&warnings))
        if site.compat == .native, case .latency(let tables) = method {
            warnings += coarse(tables, site, operation.resultType)
        }
        let ranges = Ranges(of: operation.resultType, count: input.shape.elementCount)
        return Lowered(operation, site, ranges: ranges, warnings: warnings)
    }

    private func stable(_ site: LoweringSite, _ warnings: inout [Diagnostic]) throws(DiagnosticError)
        -> SoftmaxOperation.Method
    {
        let input = site.inputs[0].type
        guard site.compat == .hls4ml, !isLayerClass else { return try rangeAware(site) }
        let sign = input.signed ? 1 : 0
        let difference = FixedType.ufixed(max(1, input.width - sign), input.integer - sign)
        let size = try tableSize(site)
        let entries = min(size.inverse, input.width - sign < 20 ? 1 << max(0, input.width - sign) : size.inverse)
        let expSize = input.signed ? entries : size.exp
        // The table's step is 2^(integer bits - index bits): beyond a few units every entry but the first is zero.
        if difference.integer - TableOperation.log2Ceil(expSize) >= 2 {
            warnings.append(
                site.warning(
                    "hls4ml 1.3.0 indexes a table of \(expSize) entries by the leading bits of \(input), a step of "
                        + "2^\(difference.integer - TableOperation.log2Ceil(expSize)): its softmax returns one "
                        + "constant; a range-aware table is used here",
                    attribute: "precision", help: "state a narrower result type for the layer before, as fixed<16,6>"))
            return try rangeAware(site)
        }
        return .stable(
            difference: difference,
            try hls4mlTables(site, argument: difference, negative: true, expSize))
    }

    /// Tables addressed by the values that can occur: differences up to 16 (beyond, e^-d is below the table's last
    /// place), sums from 1 to the number of classes. Error of a probability: about half a step of the difference,
    /// 2^-7 relative for 1024 entries.
    private func rangeAware(_ site: LoweringSite) throws(DiagnosticError) -> SoftmaxOperation.Method {
        let classes = site.inputs[0].shape.last ?? 1
        let sizes = try tableSize(site)
        if let scaled = scaled(site, classes, sizes) { return scaled }
        let expBits = TableOperation.log2Ceil(sizes.exp), inverseBits = TableOperation.log2Ceil(sizes.inverse)
        let growth = TableOperation.log2Ceil(classes)
        let difference = FixedType.ufixed(expBits, 4, .rnd, .sat)
        let rules = site.rules
        let expType = rules.ownTable(.expTable, inferred: .ufixed(18, 1, .rnd, .sat))
        let accum = rules.ownTable(.accum, inferred: .ufixed(expType.width + growth, expType.integer + growth))
        let invInput = rules.ownTable(.invInp, inferred: .ufixed(max(18, inverseBits), growth + 1, .rnd, .sat))
        let invType = rules.ownTable(.invTable, inferred: .ufixed(18, 1, .rnd, .sat))
        let exps = (0..<sizes.exp).map { exp(-difference.value(Int64($0))) }
        return .stable(
            difference: difference,
            SoftmaxOperation.Tables(
                exp: TableOperation.quantized(exps, as: expType), accum: accum, invInput: invInput,
                inverse: TableOperation.quantized(
                    Self.centres(invInput, sizes.inverse).map { 1 / max(1, $0) }, as: invType)))
    }

    /// What a softmax that does not subtract the maximum cannot do: exponentials of all arguments are in one table.
    private func coarse(
        _ tables: SoftmaxOperation.Tables, _ site: LoweringSite, _ result: FixedType
    ) -> [Diagnostic] {
        let input = site.inputs[0].type, bits = TableOperation.log2Ceil(tables.exp.raw.count)
        let step = input.step * pow(2, Double(max(0, input.width - bits)))
        let largest = tables.exp.type.value(tables.exp.type.rawMax), highest = site.inputs[0].ranges.span.high
        let help = "state 'implementation: stable', whose tables begin at the largest argument"
        if highest > log(largest) {
            return [
                site.warning(
                    "softmax without its maximum ('latency'): exponentials of more than "
                        + "\((log(largest) * 100).rounded() / 100) are cut off at \(largest)",
                    attribute: "implementation", help: help)
            ]
        }
        // Entries are those of the lower ends of their steps; a probability errs most where it is a half.
        let error = (exp(step) - 1) / 4
        guard error > result.step else { return [] }
        return [
            site.warning(
                "softmax without its maximum ('latency'): its table has a step of \(step), and probabilities that are off "
                    + "by up to \((error * 1e4).rounded() / 1e4), which \(result) shows",
                attribute: "implementation", help: help)
        ]
    }

    /// So many classes that reciprocals of their sums, side by side in one table, would be coarse where most sums are.
    private static let manyClasses = 9

    /// The same for many classes: reciprocals of the sum's digits, whose error is half of the table's step whatever the
    /// sum is, and exponentials with so many more places that the last ones of all of them add up to no more.
    ///
    /// - Returns: nil where the project states types that leave no room for it.
    private func scaled(
        _ site: LoweringSite, _ classes: Int, _ sizes: (exp: Int, inverse: Int)
    ) -> SoftmaxOperation.Method? {
        let rules = site.rules
        guard classes >= Self.manyClasses, rules.stated(exactly: .invInp) == nil else { return nil }
        let growth = TableOperation.log2Ceil(classes)
        let difference = FixedType.ufixed(TableOperation.log2Ceil(sizes.exp), 4, .rnd, .sat)
        let more = max(0, growth - 4)
        let expType = rules.ownTable(.expTable, inferred: .ufixed(18 + more, 1, .rnd, .sat))
        let exps = TableOperation.quantized((0..<sizes.exp).map { exp(-difference.value(Int64($0))) }, as: expType)
        let accum = rules.ownTable(.accum, inferred: .ufixed(expType.width + growth, expType.integer + growth))
        let invType = rules.ownTable(.invTable, inferred: .ufixed(17, 0, .rnd, .sat))
        guard exps.values[0] == 1, accum.fraction >= expType.fraction, !accum.signed, accum.integer > growth,
            TableOperation.log2Ceil(sizes.inverse) <= accum.fraction
        else { return nil }
        let count = Double(sizes.inverse)
        let inverses = (0..<sizes.inverse).map { 1 / (1 + (Double($0) + 0.5) / count) }
        return .scaled(
            difference: difference, exp: exps, accum: accum, growth: growth,
            inverse: TableOperation.quantized(inverses, as: invType))
    }

    /// The middle of the values whose leading bits address each entry: half the error of the lower end.
    private static func centres(_ type: FixedType, _ count: Int) -> [Double] {
        let rest = max(0, type.width - TableOperation.log2Ceil(count))
        // Of a wide type there are more values to an entry than a machine word counts.
        let values = Double(sign: .plus, exponent: rest, significand: 1)
        let half = rest == 0 ? 0 : type.step * (values / 2) - type.step / 2
        return (0..<count).map { Double($0) * type.step * values + half }
    }

    /// Tables as hls4ml fills them: entry i holds the function of the value whose leading bits are i and whose other
    /// bits are zero, in single precision.
    private func hls4mlTables(_ site: LoweringSite, argument: FixedType, negative: Bool, _ expSize: Int?)
        throws(DiagnosticError) -> SoftmaxOperation.Tables
    {
        let sizes = try tableSize(site)
        let standard = FixedType.fixed(18, 8, .rnd, .sat)
        let expType = site.rules.stated(exactly: .expTable) ?? standard
        let invType = site.rules.stated(exactly: .invTable) ?? standard
        let invInput = site.rules.stated(exactly: .invInp) ?? standard
        let accum = site.rules.accumulator(inferred: standard)
        let exps = Self.arguments(argument, expSize ?? sizes.exp).map { Double(expf(negative ? -$0 : $0)) }
        let inverses = Self.arguments(invInput, sizes.inverse).map { Double(1 / $0) }
        return SoftmaxOperation.Tables(
            exp: TableOperation.quantized(exps, as: expType), accum: accum, invInput: invInput,
            inverse: TableOperation.quantized(inverses, as: invType))
    }

    /// The value of each table index: the index in the leading bits, two's complement, zeros below.
    private static func arguments(_ type: FixedType, _ count: Int) -> [Float] {
        let bits = TableOperation.log2Ceil(count)
        return (0..<count).map { index in
            let signed = type.signed && index >= 1 << (bits - 1) ? index - (1 << bits) : index
            return Float(Double(signed) * Double(sign: .plus, exponent: type.width - bits, significand: 1) * type.step)
        }
    }

    /// `exp(x_j - x_i)` over [-8, 8) and `1 / s` over [0, 64), both in the table type.
    private func legacy(_ site: LoweringSite) throws(DiagnosticError) -> SoftmaxOperation.Method {
        let sizes = try tableSize(site)
        let type = site.rules.stated(exactly: .table) ?? .fixed(18, 8)
        let exps = (0..<sizes.exp).map { index -> Double in
            let x = 2 * 8.0 * Double(Float(index) - Float(sizes.exp) / 2) / Double(Float(sizes.exp))
            return Double(expf(Float(x)))
        }
        let inverses = (0..<sizes.inverse).map { index -> Double in
            let x = Float(64.0 * Double(index) / Double(Float(sizes.inverse)))
            return x > 0 ? 1 / Double(x) : 0
        }
        return .legacy(
            exp: TableOperation.quantized(exps, as: type), inverse: TableOperation.quantized(inverses, as: type))
    }

    /// Sizes of the two tables: powers of two, and no larger than the words that address them have values.
    private func tableSize(_ site: LoweringSite) throws(DiagnosticError) -> (exp: Int, inverse: Int) {
        let stated = try site.tableSize()
        let inverseWidth = (site.rules.stated(exactly: .invTable) ?? .fixed(18, 8)).width
        let most = min(site.inputs[0].type.width, inverseWidth)
        let common = site.option(\.invTableSize) == nil && most < 21 ? min(stated, 1 << most) : stated
        let sizes = (exp: site.option(\.expTableSize) ?? common, inverse: site.option(\.invTableSize) ?? common)
        for (size, name) in [(sizes.exp, "exp_table_size"), (sizes.inverse, "inv_table_size")]
        where size < 2 || size & (size - 1) != 0 {
            throw site.error(
                "a softmax table of \(size) entries cannot be addressed by leading bits", attribute: name,
                help: "write a power of two, for example 1024")
        }
        return sizes
    }
}

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
        var inferred = FixedType.ufixed(18, 1, .rnd)
        let method: SoftmaxOperation.Method
        switch implementation {
        case .stable where site.compat == .native:
            let tables = try native(site)
            method = tables.method
            let places = FunctionTable.places(tables.error.bound, atMost: inferred.fraction)
            inferred.width = inferred.integer + max(1, places)
            if let stated = site.rules.stated(.result) { warnings += coarse(tables, site, stated) }
        case .stable: method = try stable(site, &warnings)
        case .latency: method = .latency(try hls4mlTables(site, argument: input.type, negative: false, nil))
        case .legacy: method = try legacy(site)
        case .argmax: method = .argmax
        }
        let operation = SoftmaxOperation(
            resultType: site.rules.result(inferred: inferred), method: method,
            parallelization: try site.parallelization(&warnings))
        if site.compat == .native { warnings += coarse(method, site, operation.resultType) }
        let ranges = Ranges(of: operation.resultType, count: input.shape.elementCount)
        return Lowered(operation, site, ranges: ranges, warnings: warnings)
    }

    /// hls4ml's own, and where it has none that works, tables that do.
    private func stable(_ site: LoweringSite, _ warnings: inout [Diagnostic]) throws(DiagnosticError)
        -> SoftmaxOperation.Method
    {
        let input = site.inputs[0].type
        guard !isLayerClass else { return try rangeAware(site) }
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
    func tableSize(_ site: LoweringSite) throws(DiagnosticError) -> (exp: Int, inverse: Int) {
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

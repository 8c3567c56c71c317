import Basics
import FixedPoint
internal import Glibc
import LayerKit
import Options

/// Tables of our own.
extension Softmax {
    struct OwnTables {
        var method: SoftmaxOperation.Method
        var error: SoftmaxError
        var sizes: Sizes
    }

    /// How large the tables are, in bits of their indices.
    struct Sizes: Hashable {
        var exp: Int
        var inverse: Int

        var text: String { "\(1 << exp) and \(1 << inverse) entries" }
    }

    /// From so many classes on reciprocals of their sums, side by side in one table, would be coarse where most sums
    /// are, whatever else is to be kept to.
    private static let manyClasses = 9

    /// Tables in place of those of hls4ml that do not give a softmax: differences up to 16, where an exponential is
    /// below its table's last place.
    func rangeAware(_ site: LoweringSite) throws(DiagnosticError) -> SoftmaxOperation.Method {
        let stated = try tableSize(site)
        let sizes = Sizes(
            exp: TableOperation.log2Ceil(stated.exp), inverse: TableOperation.log2Ceil(stated.inverse))
        return tables(site, sizes, span: 4, scaledFrom: Self.manyClasses).method
    }

    /// Tables over the differences that can occur, in which the result shows no error or, where nobody states it, as
    /// many as are usual.
    func native(_ site: LoweringSite) throws(DiagnosticError) -> OwnTables {
        let stated = try tableSize(site)
        let hasExp = site.option(\.tableSize) != nil || site.option(\.expTableSize) != nil
        let hasInverse = site.option(\.tableSize) != nil || site.option(\.invTableSize) != nil
        let wanted = site.rules.stated(.result)?.step ?? FunctionTable.usualStep
        var best = nativeTables(site, Sizes(exp: 1, inverse: 1))
        for sizes in Self.sizes(largest: (site.inputs[0].shape.last ?? 1) > Self.severalClasses ? 10 : 12) {
            best = nativeTables(
                site,
                Sizes(
                    exp: hasExp ? TableOperation.log2Ceil(stated.exp) : sizes.exp,
                    inverse: hasInverse ? TableOperation.log2Ceil(stated.inverse) : sizes.inverse),
                isStated: hasExp)
            if best.error.bound <= wanted { break }
        }
        return best
    }

    /// Beyond so many classes, each of which looks its exponential up, larger tables are not taken unasked.
    private static let severalClasses = 32

    /// Sizes from 2^10 on, the smaller first. A probability is off by what the exponentials are, more than by what the
    /// reciprocal is.
    private static func sizes(largest: Int) -> [Sizes] {
        (10...largest).flatMap { exp in (max(10, exp - 2)...exp).map { Sizes(exp: exp, inverse: $0) } }
    }

    private func nativeTables(_ site: LoweringSite, _ sizes: Sizes, isStated: Bool = false) -> OwnTables {
        let input = site.inputs[0], span = Self.span(site)
        var bits = 0
        while bits < 4, Double(1 << bits) <= span { bits += 1 }
        var sizes = sizes
        // Finer than what comes in, a table has entries that nothing reads.
        if !isStated { sizes.exp = max(1, min(sizes.exp, bits + input.type.fraction)) }
        return tables(site, sizes, span: bits, scaledFrom: 2)
    }

    /// The largest difference of two arguments.
    private static func span(_ site: LoweringSite) -> Double {
        let type = site.inputs[0].type, bounds = site.inputs[0].ranges.span
        return max(0, min(bounds.high, type.maximum) - max(bounds.low, type.minimum))
    }

    /// - Parameters:
    ///   - span: log2 of the differences that the table of exponentials covers.
    ///   - scaledFrom: from how many classes on reciprocals are those of the sum's digits.
    private func tables(_ site: LoweringSite, _ sizes: Sizes, span: Int, scaledFrom: Int) -> OwnTables {
        let classes = site.inputs[0].shape.last ?? 1
        let difference = FixedType.ufixed(sizes.exp, span, .rnd, .sat)
        var error = SoftmaxError(
            classes: classes, step: site.inputs[0].type.step, span: Self.span(site), difference: difference)
        if classes >= scaledFrom, let method = scaled(site, classes, sizes, difference, &error) {
            return OwnTables(method: method, error: error, sizes: sizes)
        }
        let growth = TableOperation.log2Ceil(classes)
        let rules = site.rules
        let expType = rules.ownTable(.expTable, inferred: .ufixed(18, 1, .rnd, .sat))
        let accum = rules.ownTable(.accum, inferred: .ufixed(expType.width + growth, expType.integer + growth))
        let invInput = rules.ownTable(
            .invInp, inferred: .ufixed(max(18, sizes.inverse), growth + 1, .rnd, .sat))
        let invType = rules.ownTable(.invTable, inferred: .ufixed(18, 1, .rnd, .sat))
        let exps = (0..<1 << sizes.exp).map { exp(-difference.value(Int64($0))) }
        // A sum is no less than 1, where a reciprocal changes most.
        let bin = invInput.step * Double(sign: .plus, exponent: max(0, invInput.width - sizes.inverse), significand: 1)
        error.rounding = expType.roundingError + (accum.fraction < expType.fraction ? accum.step : 0)
        error.reciprocal = bin / 2 + invInput.roundingError + Double(classes) * invType.roundingError
        let method = SoftmaxOperation.Method.stable(
            difference: difference,
            SoftmaxOperation.Tables(
                exp: TableOperation.quantized(exps, as: expType), accum: accum, invInput: invInput,
                inverse: TableOperation.quantized(
                    Self.centres(invInput, 1 << sizes.inverse).map { 1 / max(1, $0) }, as: invType)))
        return OwnTables(method: method, error: error, sizes: sizes)
    }

    /// Reciprocals of the sum's digits, whose error is half of the table's step whatever the sum is, and exponentials
    /// with so many more places that the last ones of all of them add up to no more.
    ///
    /// - Returns: nil where the project states types that leave no room for it.
    private func scaled(
        _ site: LoweringSite, _ classes: Int, _ sizes: Sizes, _ difference: FixedType, _ error: inout SoftmaxError
    ) -> SoftmaxOperation.Method? {
        let rules = site.rules
        guard rules.stated(exactly: .invInp) == nil else { return nil }
        let growth = TableOperation.log2Ceil(classes), more = max(0, growth - 4)
        let expType = rules.ownTable(.expTable, inferred: .ufixed(18 + more, 1, .rnd, .sat))
        let exps = TableOperation.quantized(
            (0..<1 << sizes.exp).map { exp(-difference.value(Int64($0))) }, as: expType)
        let accum = rules.ownTable(.accum, inferred: .ufixed(expType.width + growth, expType.integer + growth))
        let invType = rules.ownTable(.invTable, inferred: .ufixed(17, 0, .rnd, .sat))
        guard exps.values[0] == 1, accum.fraction >= expType.fraction, !accum.signed, accum.integer > growth,
            sizes.inverse <= accum.fraction
        else { return nil }
        let count = Double(1 << sizes.inverse)
        let inverses = (0..<1 << sizes.inverse).map { 1 / (1 + (Double($0) + 0.5) / count) }
        error.rounding = expType.roundingError
        // Digits are from 1 to 2.
        error.reciprocal = 0.5 / count + 2 * invType.roundingError
        error.cut = invType.step
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

    /// The smallest tables, up to 2^16 entries, of which a result shows no error.
    func sufficient(_ site: LoweringSite, for result: FixedType) -> Sizes? {
        Self.sizes(largest: 16).first { nativeTables(site, $0).error.bound <= result.step }
    }
}

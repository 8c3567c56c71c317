import Basics
import FixedPoint
import LayerKit

/// The table of a layer's function as `compat: native` lays it out: bins by what can come in and by what the result
/// shows, and its largest error.
struct FunctionTable {
    /// Entries of a table that nobody asked more of: a block of memory of 18 bits a word.
    static let usual = 1024
    /// The most that are taken unasked.
    static let most = 4096
    /// Results that nobody stated have places down to this, if so many entries are enough.
    static let usualStep = 0x1p-8

    var table: QuantizedTensor
    var bins: BinnedFunction.Bins
    /// The largest difference between what is looked up and the function, before the cast to the result's type.
    var error: Double

    private var function: BinnedFunction

    /// - Parameters:
    ///   - size: how many entries the project states.
    ///   - step: the last place of the result, in units of the function; nil where it follows from the table.
    init(_ function: BinnedFunction, as type: FixedType, size: Int?, step: Double?) {
        self.function = function
        bins = Self.bins(function, type, size, step)
        table = TableOperation.quantized(function.entries(bins), as: type)
        error = function.error(of: table.values, bins)
    }

    private static func bins(_ function: BinnedFunction, _ type: FixedType, _ size: Int?, _ step: Double?)
        -> BinnedFunction.Bins
    {
        let rounding = type.roundingError
        if let size { return function.widened(function.finest(limit: size, rounding: rounding), to: size) }
        if let step {
            return function.bins(within: step / 2 - rounding, limit: usual)
                ?? function.bins(within: step - rounding, limit: most)
                ?? function.finest(limit: most, rounding: rounding)
        }
        let bins = function.finest(limit: usual, rounding: rounding)
        if function.error(of: function.entries(bins), bins) + rounding <= usualStep { return bins }
        return function.bins(within: usualStep - rounding, limit: most)
            ?? function.finest(limit: most, rounding: rounding)
    }

    /// The places behind the point that the table fills: one more would be noise.
    func places(atMost: Int, gain: Double = 1) -> Int { Self.places(error * gain, atMost: atMost) }

    static func places(_ error: Double, atMost: Int) -> Int {
        guard error > 0 else { return atMost }
        // 2^-places >= error.
        return min(atMost, -Int(error.exponent) - (error.significand > 1 ? 1 : 0))
    }

    /// What is to be said of a result that shows the table's error; nil if it does not.
    /// - Parameter gain: what its entries are multiplied by.
    func warning(_ result: FixedType, _ site: LoweringSite, gain: Double = 1) -> Diagnostic? {
        guard error * gain > result.step else { return nil }
        let wanted = result.step / gain - table.type.roundingError
        let more = function.bins(within: wanted, limit: 1 << 16)?.count
        var help = "state a result with \(Self.places(error * gain, atMost: result.fraction)) bits behind the point"
        if let more, more > bins.count {
            help = "state 'table_size: \(more)', or " + help.dropFirst("state ".count)
        } else if wanted <= 0 {
            help = "state a finer type of the table, or " + help.dropFirst("state ".count)
        }
        return site.warning(
            "its table of \(bins.count) entries is off by up to \(Self.short(error * gain)), and \(result) shows "
                + "\(Self.short(result.step))", attribute: "precision", help: help)
    }

    /// A positive number in two digits.
    static func short(_ value: Double) -> Double {
        guard value > 0, value.isFinite else { return value }
        var unit = 1.0
        while value * unit < 10, unit < 1e17 { unit *= 10 }
        return (value * unit).rounded() / unit
    }
}

extension FixedType {
    /// The most by which rounding to the type moves a number that it covers.
    var roundingError: Double {
        switch rounding {
        case .rnd, .rndZero, .rndMinInf, .rndInf, .rndConv: step / 2
        case .trn, .trnZero: step
        }
    }
}

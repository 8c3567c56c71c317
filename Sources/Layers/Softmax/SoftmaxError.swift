import FixedPoint
internal import Glibc

/// How far off the probabilities of a softmax that subtracts the maximum can be, by what its tables hold.
struct SoftmaxError {
    var classes: Int
    /// The last place of the arguments.
    var step: Double
    /// The largest difference of two arguments.
    var span: Double
    /// The type of a difference, whose values address the exponentials.
    var difference: FixedType
    /// By how much an exponential is rounded, in its table and in the sum.
    var rounding = 0.0
    /// The largest relative error of a reciprocal.
    var reciprocal = 0.0
    /// By how much a reciprocal is cut off.
    var cut = 0.0

    /// The largest difference of a probability from the exact one, of any arguments.
    ///
    /// With exponentials that err by a share of r, that of the maximum being exact: a maximum's probability y errs by
    /// `r y (1 - y)`, any other's, with all further ones the other way, by `r y (2 - 3 y)`; reciprocals add a share s of
    /// y to either. What exponentials lose or have too much at the end of their table counts once for each class.
    var bound: Double {
        guard classes > 1 else { return 0 }
        // A difference is rounded to the nearest value of its type.
        let off = difference.step > step ? difference.step / 2 : 0
        let r = exp(off) - 1, s = reciprocal
        guard r < 0.5, s < 1 else { return 1 }
        let first = r > s ? (r + s) * (r + s) / (4 * r) : s
        var other = r / 4 + s / 2
        // For two classes no third one errs the other way; for more, the largest where the derivative is zero.
        if classes > 2, 2 * r + s < 3 * r { other = (2 * r + s) * (2 * r + s) / (12 * r) }
        let tail = exp(-difference.maximum) * max(0, min(1, span - difference.maximum))
        return min(1, (max(first, other) / (1 - r)) + Double(classes) * (rounding + tail) + cut)
    }
}

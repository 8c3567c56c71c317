/// How well numbers tell classes apart, against labels that are right.
///
/// Pure functions: of the firmware's numbers and of those of the model as trained alike.
public enum Classification {
    /// The place of the largest number, the first of several: the class that a sample is given, as NumPy's `argmax`
    /// has it. Numbers that are none are never the largest.
    public static func largest(_ scores: ArraySlice<Double>) -> Int? {
        var best: Int?
        for place in scores.indices where !scores[place].isNaN {
            if let found = best, scores[place] <= scores[found] { continue }
            best = place
        }
        return best.map { $0 - scores.startIndex }
    }

    /// The class that each sample is given by its scores.
    /// - Parameters:
    ///   - scores: samples x `width`.
    ///   - width: numbers of a sample. A single one is the probability of class 1: above a half means 1.
    public static func decisions(_ scores: [Double], width: Int) -> [Int?] {
        if width < 2 { return scores.map { $0.isNaN ? nil : $0 > 0.5 ? 1 : 0 } }
        return stride(from: 0, to: scores.count - width + 1, by: width).map { largest(scores[$0..<$0 + width]) }
    }

    /// The share of the samples whose class is the label; 1 where there are no samples.
    public static func accuracy(_ scores: [Double], width: Int, labels: [Int]) -> Double {
        if labels.isEmpty { return 1 }
        let right = zip(decisions(scores, width: width), labels).count { $0 == $1 }
        return Double(right) / Double(labels.count)
    }

    /// The area under the receiver's operating characteristic: the probability that a positive sample scores higher
    /// than a negative one, a tie counting one half.
    ///
    /// By the ranks of Mann and Whitney (1947), as Hanley and McNeil use them (Radiology 143, 1982, p. 29):
    /// `(R - P (P + 1) / 2) / (P N)`, where `R` is the sum of the ranks of the `P` positive ones among all, from 1 and
    /// ascending, samples with equal scores sharing the mean of theirs, and `N` are negative. The same number as the
    /// trapezoids below the curve give.
    ///
    /// - Returns: nil where it is not defined: without a positive or without a negative sample, or with a score that is
    ///   no number.
    public static func rocAUC(_ scores: [Double], isPositive: [Bool]) -> Double? {
        let positives = isPositive.count { $0 }, negatives = isPositive.count - positives
        guard positives > 0, negatives > 0, !scores.contains(where: \.isNaN) else { return nil }
        let order = scores.indices.sorted { scores[$0] < scores[$1] }
        var rankSum = 0.0, first = 0
        while first < order.count {
            var end = first + 1
            while end < order.count, scores[order[end]] == scores[order[first]] { end += 1 }
            // Ranks first + 1 to end, shared.
            let rank = Double(first + 1 + end) / 2
            rankSum += rank * Double(order[first..<end].count { isPositive[$0] })
            first = end
        }
        let (p, n) = (Double(positives), Double(negatives))
        return (rankSum - p * (p + 1) / 2) / (p * n)
    }
}

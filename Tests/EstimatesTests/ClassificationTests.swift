import Measures
import Testing
import TestSupport

/// Accuracy and areas under the curve, against their definitions.
@Suite struct ClassificationTests {
    /// Every positive against every negative: 1 where it scores higher, one half for a tie.
    private func byPairs(_ scores: [Double], _ isPositive: [Bool]) -> Double {
        var sum = 0.0, pairs = 0.0
        for (score, positive) in zip(scores, isPositive) where positive {
            for (other, isOther) in zip(scores, isPositive) where !isOther {
                sum += score > other ? 1 : score == other ? 0.5 : 0
                pairs += 1
            }
        }
        return sum / pairs
    }

    @Test func theAreaOfAKnownExample() {
        #expect(
            Classification.rocAUC([0.1, 0.4, 0.35, 0.8], isPositive: [false, false, true, true]) == 0.75)
    }

    @Test(arguments: 0..<20) func theAreaIsTheShareOfPairsInOrder(seed: Int) throws {
        var dice = Dice(state: UInt64(seed))
        // Few different scores: firmware saturates and rounds, so that ties are the rule.
        let levels = dice.roll(1...30)
        let isPositive = [true, false] + (0..<60).map { _ in dice.chance(3) }
        let scores = isPositive.map { _ in Double(dice.roll(0...levels)) / 16 }
        let area = try #require(Classification.rocAUC(scores, isPositive: isPositive))
        #expect(abs(area - byPairs(scores, isPositive)) < 1e-12)
        let turned = try #require(Classification.rocAUC(scores.map { -$0 }, isPositive: isPositive))
        #expect(abs(area + turned - 1) < 1e-12)
    }

    @Test func anAreaThatIsNotDefinedIsNone() {
        #expect(Classification.rocAUC([1, 2], isPositive: [true, true]) == nil)
        #expect(Classification.rocAUC([1, 2], isPositive: [false, false]) == nil)
        #expect(Classification.rocAUC([1, .nan], isPositive: [true, false]) == nil)
        #expect(Classification.rocAUC([3, 3], isPositive: [true, false]) == 0.5)
    }

    @Test func theClassIsTheFirstLargest() {
        #expect(Classification.decisions([1, 3, 3, 2, 2, 2, .nan, -1, -2], width: 3) == [1, 0, 1])
        #expect(Classification.decisions([.nan, .nan], width: 2) == [nil])
        // One number is the probability of class 1.
        #expect(Classification.decisions([0.5, 0.51, .nan], width: 1) == [0, 1, nil])
        #expect(Classification.accuracy([1, 0, 0, 1, 0.2, 0.2], width: 2, labels: [0, 1, 1]) == 2.0 / 3)
    }

    @Test func whyAnAreaIsNotDefinedIsSaid() {
        let scores = [0.9, 0.1, 0, 0.8, 0.2, 0]
        let row = ClassificationRow(firmware: scores, float: scores, width: 3, labels: [0, 0])
        #expect(row.classes.map(\.index) == [0, 1, 2] && row.classes.map(\.positives) == [2, 0, 0])
        #expect(row.classes.allSatisfy { $0.firmware == nil && $0.float == nil })
        #expect(
            row.classes.map(\.undefined).prefix(2) == ["all samples are of this class", "no sample is of this class"])
        let binary = ClassificationRow(firmware: [0.2, 0.7], float: [0.7, 0.2], width: 1, labels: [0, 1])
        #expect(binary.classes.map(\.index) == [1])
        #expect(binary.classes.map(\.firmware) == [1] && binary.classes.map(\.float) == [0])
        #expect(binary.accuracy == ClassificationRow.Pair(firmware: 1, float: 0))
    }

    @Test func allThatWasMeasuredIsALine() {
        var row = SimulationRow(
            name: "y", samples: 1000, elements: 5000, maxError: 0.0125, meanError: 0.001, mismatches: 4999,
            argmaxAgreement: 0.998)
        #expect(
            row.line(tolerance: "exact")
                == "y: 1000 samples, max error 0.0125, mean error 0.001, 1 of 5000 equal, same arg max 99.8 %; tolerance exact"
        )
        row.classification = ClassificationRow(firmware: [0.2], float: [0.7], width: 1, labels: [0])
        row.reference = .model
        #expect(
            row.line(tolerance: nil).hasSuffix(
                "accuracy 100.0 % (as trained 0.0 %); against the model as trained, no tolerance"))
    }
}

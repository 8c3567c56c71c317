import Basics
import Testing

struct CountTests {
    @Test func countingStopsAtTheLimit() {
        #expect(Count.times(3, 4) == 12)
        #expect(Count.times(.max, 2) == .max)
        #expect(Count.times(6, 7, limit: 40) == 40)
        #expect(Count.times(.max, 2, limit: 40) == 40)
        #expect(Count.plus(.max, 1) == .max)
        #expect(Count.plus(20, 21, limit: 40) == 40)
    }

    @Test func ratiosAreRoundedUp() {
        #expect([Count.ratio(7, 2), Count.ratio(8, 2), Count.ratio(0, 5), Count.ratio(3, 0)] == [4, 4, 0, 0])
    }

    @Test func levelsAreThoseOfATree() {
        #expect([0, 1, 2, 3, 4, 5, 1024].map(Count.levels) == [0, 0, 1, 2, 2, 3, 10])
    }

    @Test func elementsOfAShape() {
        #expect(Count.elements([]) == 1)
        #expect(Count.elements([2, 3, 4]) == 24)
        #expect(Count.elements([.max, 0, .max]) == 0)
        #expect(Count.elements([.max, 2]) == nil)
        #expect(Count.elements([2, -1]) == nil)
    }

    /// Against the definition.
    @Test func theCommonDivisorIsTheGreatest() {
        for a in 0...40 {
            for b in 0...40 {
                let expected = (1...40).last { a % $0 == 0 && b % $0 == 0 } ?? 1
                #expect(Count.commonDivisor(a, b) == (a == 0 && b == 0 ? 1 : expected))
            }
        }
    }
}

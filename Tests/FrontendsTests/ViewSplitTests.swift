import Testing

@testable import Frontends

struct ViewSplitTests {
    /// The sizes of the atoms of each axis, the batch as 0; nil where the sizes cut across them.
    private func split(_ atoms: [Int], _ sizes: [ATenSize], batch: ATenSize = .symbolic("N")) -> [[Int]]? {
        var next = 100
        var split = ViewSplit(
            atoms.enumerated().map { $1 == 0 ? Atom.batch : Atom(id: $0 + 1, size: $1) }, batch: batch
        ) { size in
            next += 1
            return Atom(id: next, size: size)
        }
        return split.axes(sizes)?.map { $0.map(\.size) }
    }

    @Test func axesAreMergedAndCut() {
        #expect(split([0, 3, 4], [.symbolic("N"), .known(12)]) == [[0], [3, 4]])
        #expect(split([0, 12], [.symbolic("N"), .known(3), .known(2), .known(2)]) == [[0], [3], [2], [2]])
        #expect(split([0, 6, 4], [.symbolic("N"), .known(2), .known(12)]) == [[0], [2], [3, 4]])
    }

    /// Heads of attention: places, samples and features become places, samples with heads, and features of a head.
    @Test func theBatchMergesWithOthers() {
        #expect(split([5, 0, 8], [.known(5), .symbolic("2*N"), .known(4)]) == [[5], [0, 2], [4]])
        #expect(split([5, 0, 2, 4], [.symbolic("5*N"), .known(8)]) == [[5, 0], [2, 4]])
        #expect(split([0, 2, 5, 4], [.symbolic("N"), .known(2), .known(5), .known(4)]) == [[0], [2], [5], [4]])
    }

    @Test func axesOfOneElementComeAndGo() {
        #expect(split([0, 1, 3], [.symbolic("N"), .known(3)]) == [[0], [1, 3]])
        #expect(split([0, 3], [.symbolic("N"), .known(1), .known(3), .known(1)]) == [[0], [], [3], []])
    }

    @Test func sizesAcrossAtomsAreNone() {
        #expect(split([0, 6, 4], [.symbolic("N"), .known(8), .known(3)]) == nil)
        #expect(split([0, 6], [.symbolic("N"), .known(4)]) == nil)
        // A sample's elements in an axis without the samples.
        #expect(split([0, 4], [.known(2), .symbolic("2*N")]) == nil)
    }

    @Test func aBatchOfAKnownSizeIsTheFirstAxis() {
        #expect(split([0, 3, 4], [.known(2), .known(12)], batch: .known(2)) == [[0], [3, 4]])
        #expect(split([0, 3, 4], [.known(6), .known(4)], batch: .known(2)) == [[0, 3], [4]])
        // One sample may be left out.
        #expect(split([3, 0, 4], [.known(3), .known(4)], batch: .known(1)) == [[3], [0, 4]])
    }
}

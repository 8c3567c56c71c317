import Testing

@testable import BuildReports

@Suite struct DiffTests {
    private func side(_ name: String, _ subjects: [(String, [DiffSide.Fact])]) -> DiffSide {
        DiffSide(name: name, subjects: subjects.map { DiffSide.Subject(name: $0.0, facts: $0.1) })
    }

    private func fact(_ key: String, _ value: String, measured: Bool = false) -> DiffSide.Fact {
        .init(key: key, value: value, isMeasured: measured)
    }

    @Test func equalSidesHaveNoDifference() {
        let one = side("a", [("fc1", [fact("reuse", "4"), fact("csynth DSP", "12", measured: true)])])
        let diff = BuildDiff(one, one)
        #expect(diff.differences.isEmpty && diff.onlyOnce.isEmpty)
    }

    @Test func everyDifferenceIsListed() {
        let old = side("a", [("fc1", [fact("reuse", "4"), fact("bias", "x")]), ("gone", [fact("shape", "3")])])
        let new = side("b", [("fc1", [fact("reuse", "2"), fact("accum", "y")]), ("new", [fact("shape", "5")])])
        let diff = BuildDiff(old, new)
        #expect(
            diff.differences == [
                .init(subject: "fc1", key: "reuse", old: "4", new: "2"),
                .init(subject: "fc1", key: "bias", old: "x", new: nil),
                .init(subject: "fc1", key: "accum", old: nil, new: "y"),
                .init(subject: "gone", key: "shape", old: "3", new: nil),
                .init(subject: "new", key: "shape", old: nil, new: "5"),
            ])
        #expect(diff.differences[0].change == -2)
        #expect(diff.differences[1].change == nil)
    }

    @Test func whatOnlyOneSideMeasuredIsNoDifference() {
        let old = side("a", [("fc1", [fact("csynth DSP", "12", measured: true)])])
        let new = side("b", [("fc1", [])])
        let diff = BuildDiff(old, new)
        #expect(diff.differences.isEmpty)
        #expect(diff.onlyOnce == [.init(subject: "fc1", key: "csynth DSP", old: "12", new: nil)])
    }
}

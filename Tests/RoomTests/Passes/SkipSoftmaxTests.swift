import Options
import Testing

@testable import Optimizer

@Suite struct SkipSoftmaxTests {
    static let before = ["x = input() [2]", "r = relu(x) [2]", "s = softmax(r) [2]", "return s"]
    static let after = ["x = input() [2]", "r = relu(x) [2]", "return r"]

    private func options(_ compat: Compat, skip: Bool?) -> OptionTable {
        var table = OptionTable()
        table.compat = compat
        table.layers["s"] = LayerOptions()
        table.layers["s"]?.skip = skip
        return table
    }

    @Test(arguments: Compat.allCases) func goesWhereTheProjectSaysSo(_ compat: Compat) throws {
        try expect(.skipSoftmax, options(compat, skip: true), Self.before, gives: Self.after)
        try expect(.skipSoftmax, options(compat, skip: false), leaves: Self.before)
        try expect(.skipSoftmax, options(compat, skip: nil), leaves: Self.before)
    }

    @Test func aWordForTheWholeTypeCounts() throws {
        var table = OptionTable()
        table.types["softmax"] = LayerOptions()
        table.types["softmax"]?.skip = true
        try expect(.skipSoftmax, table, Self.before, gives: Self.after)
        table.layers["s"] = LayerOptions()
        table.layers["s"]?.skip = false
        try expect(.skipSoftmax, table, leaves: Self.before)
    }

    @Test func onlyAnOutputGoes() throws {
        try expect(
            .skipSoftmax, options(.native, skip: true),
            leaves: ["x = input() [2]", "s = softmax(x) [2]", "d = dense(s) [1] kernel 1 2", "return d"])
    }
}

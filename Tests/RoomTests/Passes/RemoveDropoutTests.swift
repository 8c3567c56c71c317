import Testing

@testable import Optimizer

@Suite struct RemoveDropoutTests {
    @Test func readersReadWhatTheDropoutRead() throws {
        try expect(
            .removeDropout,
            ["x = input() [2]", "d = dropout(x) [2]", "a = relu(d) [2]", "b = linear(d) [2]", "return a,b"],
            gives: ["x = input() [2]", "a = relu(x) [2]", "b = linear(x) [2]", "return a,b"])
    }

    @Test func severalInARowAndTheLast() throws {
        try expect(
            .removeDropout,
            ["x = input() [2]", "a = relu(x) [2]", "d = dropout(a) [2]", "e = dropout(d) [2]", "return e,a"],
            gives: ["x = input() [2]", "a = relu(x) [2]", "return a,a"])
    }

    @Test func whatComputesStays() throws {
        try expect(
            .removeDropout, leaves: ["x = input() [2]", "a = linear(x) [2]", "b = softmax(a) [2]", "return b"])
    }
}

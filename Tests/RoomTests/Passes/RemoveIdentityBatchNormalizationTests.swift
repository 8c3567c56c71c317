import Testing

@testable import Optimizer

@Suite struct RemoveIdentityBatchNormalizationTests {
    @Test func itGoes() throws {
        try expect(
            .removeIdentityBatchNormalization,
            [
                "x = input() [2]", "n = batchNormalization(x) [2] scale 1 1 bias 0 0", "a = relu(n) [2]",
                "b = softmax(n) [2]", "return a,b,n",
            ], gives: ["x = input() [2]", "a = relu(x) [2]", "b = softmax(x) [2]", "return a,b,x"])
    }

    @Test(arguments: ["scale 1 2 bias 0 0", "scale 1 1 bias 0 0.5", "scale -1 1 bias 0 0", "scale 0 1 bias 0 0"])
    func whatChangesANumberStays(_ numbers: String) throws {
        try expect(
            .removeIdentityBatchNormalization,
            leaves: ["x = input() [2]", "n = batchNormalization(x) [2] \(numbers)", "return n"])
    }
}

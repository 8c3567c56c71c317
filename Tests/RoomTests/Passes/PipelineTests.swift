import Basics
import Options
import TestSupport
import Testing

@testable import Optimizer

@Suite struct PipelineTests {
    @Test func order() {
        #expect(
            Pipeline.passes.map(\.name) == [
                "remove-dropout", "keep-last-state", "unquantize-normalization", "remove-linear", "apply-alpha",
                "fuse-activation-quantizers", "unify-quantizers", "split-quantizer-scales", "factor-kernel-scales",
                "move-scales", "absorb-into-quantizers",
                "expand-quantizers", "fuse-quantizers", "type-inputs", "fuse-consecutive-batch-normalization",
                "fuse-batch-normalization", "remove-identity-batch-normalization", "fuse-scalar-product",
                "skip-softmax",
            ])
    }

    /// Each pass relies on what those before it did: identities first, so that the normalisations meet; these before
    /// the dense layer takes in the one that is left.
    @Test func togetherTheyLeaveOneDenseLayer() throws {
        var options = OptionTable.stating(.native)
        options.project.skip = true
        let whole = Pass("all") { model, options in Pipeline.passes.reduce(model) { $1.apply($0, options) } }
        try expect(
            whole, options,
            [
                "x = input() [2]", "i = batchNormalization(x) [2] scale 1 1 bias 0 0",
                "d = dense(i) [1] kernel 1 2 bias 1", "o = dropout(d) [1]", "l = linear(o) [1]",
                "a = batchNormalization(l) [1] scale 2 bias 1", "p = dropout(a) [1]",
                "b = batchNormalization(p) [1] scale 3 bias -1", "s = softmax(b) [1]", "return s",
            ], gives: ["x = input() [2]", "d = dense(x) [1] kernel 6 12 bias 8", "return d"])
    }

    /// A pass of its own file, and a file of tests for it.
    @Test func everyPassHasItsTests() throws {
        let passes = try Files.list(Repository.root + "/Sources/Optimizer/Passes")
        let tests = try Files.list(Repository.root + "/Tests/RoomTests/Passes")
        #expect(passes.count == Pipeline.passes.count)
        for pass in passes {
            let file = pass.replacing(".swift", with: "Tests.swift")
            #expect(tests.contains(file), "\(pass) has no tests: write Tests/RoomTests/Passes/\(file)")
        }
    }
}

internal import Basics
internal import Estimates
import FixedPoint
public import LayerKit
public import Streams
import Options

extension DenseOperation {
    public func hls(_ site: OperationSite) -> HLSForm {
        let n = inputCount, m = outputCount
        if let adders {
            let program = HLSCall.AdderProgram(
                graph: adders, input: site.input.type, fraction: sumFraction(site.input.type))
            return .call(
                HLSCall(
                    "dense_adders", header: "nnet_adders",
                    members: [.size("n_in", n), .size("n_out", m), .adders(program)],
                    schedule: schedule(site.input.type),
                    calls: site.input.count / max(1, n), together: together(site)))
        }
        let calls = site.input.count / max(1, n)
        return .call(
            HLSCall(
                "dense_\(kernelSuffix)", header: "nnet_dense",
                members: [.size("n_in", n), .size("n_out", m)]
                    + members(site.input.type, rewinds: site.io == .parallel && calls == 1),
                constants: constants, schedule: schedule(site.input.type), calls: calls, together: together(site)))
    }

    /// What a kernel with products is told beside its sizes.
    /// - Parameter rewinds: whether the loop over the steps is all that a function is about: only that can begin again
    ///   before it has ended.
    func members(_ input: FixedType, rewinds: Bool) -> [HLSCall.Member] {
        let accumulator = accum ?? exactAccumulator(input)
        var members: [HLSCall.Member] = [
            .size("reuse_factor", reuse), .constant("weight", weight.type), .constant("bias", bias.type),
            .type("accum_t", accumulator), .policy("product", "nnet::multiply"),
        ]
        if isLoop {
            members.append(.policy("sum", Self.wraps(accumulator) ? "nnet::at_once" : "nnet::in_order"))
            members.append(.flag("rewind", rewinds))
        }
        return members
    }

    /// What a kernel with products takes.
    var constants: [HLSCall.ConstantArray] {
        [
            // Output by output, so that the weights of one sum stand together.
            .init(
                "weight", weight, order: .columns, rowLength: inputCount, isTrained: true, words: isLoop ? reuse : nil),
            .init("bias", bias, rowLength: 16, isTrained: true),
        ]
    }

    /// How many vectors are worked on at once: one in a stream.
    func together(_ site: OperationSite) -> Int {
        switch (site.io, schedule(site.input.type)) {
        case (.parallel, .pipelined): max(1, parallelization)
        case (.parallel, .ownPipeline), (.parallel, .loops), (.stream, _): 1
        }
    }

    /// Whether the products take turns at multipliers in a loop of its own.
    var isLoop: Bool { strategy == .resource && reuse > 1 }

    /// Up to so many words of weights the kernel keeps in logic: `dense_lanes::is_deep`.
    static let logicWords = 64

    /// Whether sums are the same in any order: each addition drops bits above the accumulator, none below, since its
    /// terms were cast to it before.
    private static func wraps(_ accumulator: FixedType) -> Bool {
        accumulator.overflow == .wrap && accumulator.saturationBits == 0
    }

    /// What stands behind `dense_`, or the name of another kernel that is one at every position.
    var kernelSuffix: String {
        if adders != nil { return "adders" }
        return switch strategy {
        case .resource where isLoop: "resource"
        case .latency, .resource: "latency"
        case .unrolled: "unrolled"
        case .distributedArithmetic: "distributed"
        }
    }

    func schedule(_ input: FixedType) -> HLSCall.Schedule {
        switch strategy {
        case .resource where isLoop: .loops
        case .resource, .distributedArithmetic: .pipelined(interval: 1, multipliers: nil)
        case .latency, .unrolled:
            .pipelined(
                interval: max(1, reuse),
                multipliers: reuse > 1
                    ? MultiplierLimit { Count.ratio(constantProducts(input, $0).multipliers, reuse) } : nil)
        }
    }

    /// The accumulator of an operation that states none: exact for all that the input's type can hold.
    private func exactAccumulator(_ input: FixedType) -> FixedType {
        let narrow = sum(input, Ranges(of: input, count: inputCount)).exactAccumulator
        // Bounds are computed in doubles, which count single units only up to here.
        return narrow.width <= 50 ? narrow : exactType(input)
    }

    /// One input vector.
    public var gathered: Int? { inputCount }

    /// A token in and one out where a token is a vector. Else, and where a loop is run for each vector: all of it in, the
    /// products, the result out; then the next vector.
    public func tokens(_ site: OperationSite) -> TokenSchedule {
        let n = max(1, inputCount), vectors = site.input.count / n, interval = max(1, reuse)
        let levels = Int.bitWidth - n.leadingZeroBitCount
        // A product and the sum's tree: reports at 5 ns show 1 to 11 cycles, by the part.
        let slack = 24 + 2 * levels
        guard isLoop || n > site.input.channels else {
            return .elementwise(vectors, interval: interval, pipeline: slack / interval + 2)
        }
        return .gather(max(1, n / site.input.channels), compute: interval, slack: slack, times: vectors)
    }
}

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
        let accumulator = accum ?? exactAccumulator(site.input.type)
        let calls = site.input.count / max(1, n)
        var members: [HLSCall.Member] = [
            .size("n_in", n), .size("n_out", m), .size("reuse_factor", reuse),
            .constant("weight", weight.type), .constant("bias", bias.type), .type("accum_t", accumulator),
            .policy("product", "nnet::multiply"),
        ]
        if isLoop {
            members.append(.policy("sum", Self.wraps(accumulator) ? "nnet::at_once" : "nnet::in_order"))
            // Only the loop that a function is all about can begin again before it has ended.
            members.append(.flag("rewind", site.io == .parallel && calls == 1))
        }
        return .call(
            HLSCall(
                kernelName, header: "nnet_dense", members: members,
                constants: [
                    // Output by output, so that the weights of one sum stand together.
                    .init(
                        "weight", weight, order: .columns, rowLength: n, isTrained: true, words: isLoop ? reuse : nil),
                    .init("bias", bias, rowLength: 16, isTrained: true),
                ],
                schedule: schedule(site.input.type), calls: calls, together: together(site)))
    }

    /// How many vectors are worked on at once: one in a stream.
    func together(_ site: OperationSite) -> Int {
        switch (site.io, schedule(site.input.type)) {
        case (.parallel, .pipelined): max(1, parallelization)
        case (.parallel, .loops), (.stream, _): 1
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

    private var kernelName: String {
        switch strategy {
        case .resource where isLoop: "dense_resource"
        case .latency, .resource: "dense_latency"
        case .unrolled: "dense_unrolled"
        case .distributedArithmetic: "dense_distributed"
        }
    }

    private func schedule(_ input: FixedType) -> HLSCall.Schedule {
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

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
                    calls: site.input.count / max(1, n)))
        }
        let accumulator = accum ?? exactAccumulator(site.input.type)
        return .call(
            HLSCall(
                kernelName, header: "nnet_dense",
                members: [
                    .size("n_in", n), .size("n_out", m), .size("reuse_factor", reuse), .type("weight_t", weight.type),
                    .type("bias_t", bias.type), .type("accum_t", accumulator), .policy("product", "nnet::multiply"),
                ],
                constants: [
                    // Output by output, so that the weights of one sum stand together.
                    .init("weight", weight, order: .columns, rowLength: n, isTrained: true),
                    .init("bias", bias, rowLength: 16, isTrained: true),
                ],
                schedule: schedule(site.input.type), calls: site.input.count / max(1, n)))
    }

    private var kernelName: String {
        switch strategy {
        case .latency: "dense_latency"
        case .resource: "dense_resource"
        case .unrolled: "dense_unrolled"
        case .distributedArithmetic: "dense_distributed"
        }
    }

    private func schedule(_ input: FixedType) -> HLSCall.Schedule {
        switch strategy {
        case .resource where reuse > 1: .loops
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

    /// All of a vector in, the products, the result out as one token; then the next vector.
    public func tokens(_ site: OperationSite) -> TokenSchedule {
        let n = max(1, inputCount)
        let levels = Int.bitWidth - n.leadingZeroBitCount
        // A product and the sum's tree: reports at 5 ns show 1 to 11 cycles, by the part.
        return .gather(
            max(1, n / site.input.channels), compute: max(1, reuse), slack: 24 + 2 * levels, times: site.input.count / n
        )
    }
}

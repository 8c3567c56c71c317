import FixedPoint
public import LayerKit
import Options

extension DenseOperation {
    public func hls(_ site: HLSSite) -> HLSForm {
        let n = inputCount, m = outputCount
        let accumulator = accum ?? exactAccumulator(site.inputs[0])
        // Output-major, so that the weights of one sum stand together.
        var columns: [Int64] = []
        columns.reserveCapacity(weight.raw.count)
        for j in 0..<m { for i in 0..<n { columns.append(weight.raw[i * m + j]) } }
        return .call(
            HLSCall(
                kernelName, header: "nnet_dense",
                members: [
                    .size("n_in", n), .size("n_out", m), .size("reuse_factor", reuse), .type("weight_t", weight.type),
                    .type("bias_t", bias.type), .type("accum_t", accumulator), .policy("product", "nnet::multiply"),
                ],
                constants: [
                    .init("weight", weight.type, columns, rowLength: n, isTrained: true),
                    .init("bias", bias.type, bias.raw, rowLength: 16, isTrained: true),
                ],
                schedule: schedule, calls: site.count() / max(1, n)))
    }

    private var kernelName: String {
        switch strategy {
        case .latency: "dense_latency"
        case .resource: "dense_resource"
        case .unrolled: "dense_unrolled"
        case .distributedArithmetic: "dense_distributed"
        }
    }

    private var schedule: HLSCall.Schedule {
        switch strategy {
        case .resource where reuse > 1: .loops
        case .resource, .distributedArithmetic: .pipelined(interval: 1, multipliers: nil)
        case .latency, .unrolled:
            .pipelined(
                interval: max(1, reuse),
                multipliers: reuse > 1 ? (weight.raw.count + reuse - 1) / reuse : nil)
        }
    }

    /// The accumulator of an operation that states none: exact for all that the input's type can hold.
    private func exactAccumulator(_ input: FixedType) -> FixedType {
        let narrow = exactAccumulator(input, sumRanges(Ranges(of: input, count: inputCount)))
        // Bounds are computed in doubles, which count single units only up to here.
        return narrow.width <= 50 ? narrow : exactType(input)
    }
}

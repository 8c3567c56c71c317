import Estimates
import FixedPoint
public import LayerKit
import Options
public import Streams

extension ConvolutionOperation {
    public func hls(_ site: OperationSite) -> HLSForm {
        let plane = plane(site)
        var members =
            plane.members + [
                .size("groups", groups), .size("n_in", product.inputCount),
                .size("n_out", product.outputCount / groups),
                .size("interval", interval), .size("rows_at_once", atOnce(plane).rows),
                .size("columns_at_once", atOnce(plane).columns),
            ]
        var constants: [HLSCall.ConstantArray] = []
        if let adders = product.adders {
            members.append(
                .adders(
                    .init(graph: adders, input: site.input.type, fraction: product.sumFraction(site.input.type))))
        } else {
            members += product.members(site.input.type, rewinds: false)
            constants = product.constants
        }
        return .call(
            HLSCall(
                "conv_\(product.kernelSuffix)", header: "nnet_conv", members: members, constants: constants,
                schedule: schedule(site)))
    }

    /// Cycles from one position to the next.
    var interval: Int {
        switch product.strategy {
        case .latency, .unrolled: max(1, product.reuse)
        case .resource, .distributedArithmetic: 1
        }
    }

    /// The positions that are computed at once where tensors pass as arrays: some of a row, or some rows.
    func atOnce(_ plane: Plane) -> (rows: Int, columns: Int) {
        let count = product.isLoop ? 1 : max(1, product.parallelization)
        let columns = min(count, plane.outputWidth)
        return (max(1, count / columns), columns)
    }

    private func schedule(_ site: OperationSite) -> HLSCall.Schedule {
        let plane = plane(site), count = atOnce(plane)
        let together = site.io == .parallel ? count.rows * count.columns : 1
        let limit: MultiplierLimit? =
            interval > 1
            ? MultiplierLimit { tool in
                let multipliers = (0..<groups).reduce(0) {
                    $0 + product(of: $1).constantProducts(site.input.type, tool).multipliers
                }
                return (multipliers + interval - 1) / interval * together
            } : nil
        if product.isLoop { return .loops }
        return site.io == .parallel && together == plane.positions
            ? .pipelined(interval: interval, multipliers: limit) : .ownPipeline(interval: interval, multipliers: limit)
    }

    public func tokens(_ site: OperationSite) -> TokenSchedule {
        let levels = Int.bitWidth - product.inputCount.leadingZeroBitCount
        // A product and the sum's tree: reports at 5 ns show 1 to 11 cycles, by the part.
        let slack = 24 + 2 * levels
        let windows = WindowTokens(plane: plane(site))
        return product.isLoop
            ? windows.inTurn(compute: max(1, product.reuse), slack: slack)
            : windows.pipelined(interval: interval, pipeline: slack / interval + 4)
    }

    public func size(_ site: OperationSite) -> FunctionSize? {
        let plane = plane(site), count = atOnce(plane)
        let together = site.io == .parallel ? count.rows * count.columns : 1
        guard let size = product.size(vectors(site)) else { return nil }
        return FunctionSize(
            units: 1, products: product.isLoop ? 0 : size.products * size.units * together,
            wordBits: size.wordBits * size.units, collected: site.io == .stream ? plane.windowElements : 0)
    }

    public func choices(_ site: OperationSite) -> [OperationChoice] {
        var one = product(of: 0)
        one.parallelization = 1
        return one.choices(vectors(site)).map { choice in
            var operation = self
            operation.product.strategy = choice.strategy
            operation.product.reuse = choice.reuse
            operation.product.adders = nil
            if operation.product.isLoop { operation.product.parallelization = 1 }
            return OperationChoice(strategy: choice.strategy, reuse: choice.reuse, operation: operation)
        }
    }
}

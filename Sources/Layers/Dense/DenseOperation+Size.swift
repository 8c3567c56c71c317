public import LayerKit
internal import FixedPoint
internal import Options

extension DenseOperation {
    /// Outputs that no function can have without the others: those that take turns at a multiplier.
    private var outputsOfUnit: Int { strategy == .resource ? max(1, reuse / max(1, inputCount)) : 1 }

    public func size(_ site: OperationSite) -> FunctionSize? {
        let collected = site.io == .stream ? inputCount : 0
        // Additions that are written out are no loop that is unrolled.
        if adders != nil { return FunctionSize(units: outputCount, products: 0, collected: collected) }
        guard strategy == .resource, reuse > 1 else {
            return FunctionSize(units: outputCount, products: inputCount * together(site), collected: collected)
        }
        let lanes = max(1, inputCount / reuse)
        return FunctionSize(
            units: max(1, outputCount / outputsOfUnit), products: lanes, wordBits: lanes * weight.type.width,
            collected: collected)
    }

    public func share(of units: Range<Int>) -> DenseOperation {
        let outputs = units.lowerBound * outputsOfUnit..<units.upperBound * outputsOfUnit
        let all = outputCount
        var share = self
        share.weight = QuantizedTensor(
            type: weight.type, shape: [inputCount, outputs.count],
            raw: (0..<inputCount).flatMap { row in weight.raw[(row * all + outputs.lowerBound)...].prefix(outputs.count)
            }
        )
        share.bias = QuantizedTensor(type: bias.type, shape: [outputs.count], raw: Array(bias.raw[outputs]))
        return share
    }

    public func choices(_ site: OperationSite) -> [OperationChoice] {
        let legal = ReuseFactor.legal(inputs: inputCount, outputs: outputCount, weightBits: weight.type.width)
        let strategies: [Strategy] =
            switch strategy {
            // No tool takes the products of millions of weights as straight-line code, however often they are shared.
            case .latency, .unrolled: weight.raw.count <= 1 << 20 ? [strategy, .resource] : [.resource]
            case .resource, .distributedArithmetic: [.resource]
            }
        return strategies.flatMap { strategy in
            legal.filter { $0 > (strategy == self.strategy ? reuse : 1) }.map { factor in
                var operation = self
                operation.strategy = strategy
                operation.reuse = factor
                operation.adders = nil
                return OperationChoice(strategy: strategy, reuse: factor, operation: operation)
            }
        }
    }
}

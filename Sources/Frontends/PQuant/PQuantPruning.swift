internal import Basics
internal import LayerKit

/// The ways of pruning of PQuantML, and what each makes of trained numbers when the network is used.
enum PQuantPruning: String, CaseIterable {
    case pdp
    case dst
    case continuousSparsification = "cs"
    case wanda
    case autosparse
    case activation = "activation_pruning"
    case multipliers = "mdmm"

    /// Where the mask, and whether the network is in its first or last stage of training, lie among the variables.
    private var places: (mask: Int, pretraining: Int, finetuning: Int) {
        switch self {
        case .pdp: (0, 2, 3)
        case .dst: (1, 2, 3)
        case .continuousSparsification: (2, 3, 4)
        case .wanda: (0, 5, 6)
        case .autosparse: (1, 3, 4)
        case .activation: (0, 5, 6)
        case .multipliers: (0, 1, 2)
        }
    }

    /// - Parameters:
    ///   - axes: of the numbers, in the order in which the mask has them.
    ///   - epsilon: up to which size `mdmm` takes numbers for zero.
    func pruned(
        _ numbers: Tensor, _ variables: [ImportTensor], axes: [Int], epsilon: Float
    ) throws(LayerError) -> Tensor {
        let places = places
        guard variables.indices.contains(max(places.mask, places.finetuning)) else {
            throw LayerError(
                "the weights have \(variables.count) variables of its pruning by '\(rawValue)'",
                help: "do the weights belong to this model?")
        }
        func isSet(_ place: Int) throws(LayerError) -> Bool { try variables[place].load().singles.first ?? 0 != 0 }
        let isFirst = try isSet(places.pretraining), isLast = try isSet(places.finetuning)
        func masked() throws(LayerError) -> Tensor {
            try Self.masked(numbers, try variables[places.mask].load(), axes: axes)
        }
        switch self {
        case .wanda: return try masked()
        case .activation: return isFirst ? numbers : try masked()
        case .multipliers:
            guard isLast else { return numbers }
            let kept = numbers.singles.map { abs($0) > epsilon ? $0 : 0 }
            return Tensor(shape: numbers.shape, values: kept) ?? numbers
        case .autosparse where isFirst: return numbers
        case .pdp, .dst, .continuousSparsification, .autosparse:
            guard isFirst || isLast else { throw unfinished() }
            return try masked()
        }
    }

    /// While it is trained, a mask follows from the numbers anew whenever they are used.
    private func unfinished() -> LayerError {
        LayerError(
            "its pruning by '\(rawValue)' is not finished: what it leaves is not in the file",
            attribute: "final_compression_done", help: "save the model after apply_final_compression(model)")
    }

    /// A mask may have one element for all of an axis.
    private static func masked(_ numbers: Tensor, _ mask: Tensor, axes: [Int]) throws(LayerError) -> Tensor {
        let fits =
            axes.count == numbers.shape.count && mask.shape.count == axes.count
            && zip(axes, mask.shape).allSatisfy { $1 == 1 || numbers.shape[$0] == $1 }
        guard fits else {
            throw LayerError("a mask of shape \(mask.shape) is none of a kernel of shape \(numbers.shape)")
        }
        var strides = [Int](repeating: 0, count: axes.count), stride = 1
        for (axis, size) in zip(axes, mask.shape).reversed() {
            if size > 1 { strides[axis] = stride }
            stride *= size
        }
        var places = [0]
        for (size, stride) in zip(numbers.shape, strides) {
            places = places.flatMap { place in (0..<size).map { place + $0 * stride } }
        }
        let kept = mask.singles
        return Tensor(shape: numbers.shape, values: zip(numbers.singles, places).map { $0 * kept[$1] }) ?? numbers
    }
}

public import LayerKit

/// What dense layers and convolutions have in common for passes: sums of products with a kernel, and a bias.
public struct TrainedProduct {
    /// The last axis is that of the outputs.
    public var kernel: Tensor
    /// One value an output; nil: none.
    public var bias: Tensor?
    /// Whether each output sees one channel alone.
    public var isDepthwise: Bool
    private let layer: any ModelLayer

    /// The same layer with other numbers.
    public func with(_ kernel: Tensor, _ bias: Tensor?) -> any ModelLayer {
        switch layer {
        case is Dense: return Dense(kernel: kernel, bias: bias)
        case var convolution as Convolution:
            convolution.kernel = kernel
            convolution.bias = bias
            return convolution
        default: return layer
        }
    }

    fileprivate init(_ kernel: Tensor, _ bias: Tensor?, _ layer: any ModelLayer, isDepthwise: Bool = false) {
        self.kernel = kernel
        self.bias = bias
        self.layer = layer
        self.isDepthwise = isDepthwise
    }
}

extension Layer {
    /// The layer as sums of products, where it is a dense layer or a convolution.
    public var product: TrainedProduct? {
        switch definition {
        case let dense as Dense: TrainedProduct(dense.kernel, dense.bias, dense)
        case let layer as Convolution:
            TrainedProduct(
                layer.kernel, layer.bias, layer,
                isDepthwise: layer.groups > 1 && layer.kernel.shape[layer.kernel.shape.count - 2] == 1)
        default: nil
        }
    }
}

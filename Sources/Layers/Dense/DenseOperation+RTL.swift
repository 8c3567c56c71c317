public import LayerKit

extension DenseOperation {
    public var rtl: Support { .unsupported("the open back end does not write RTL for it yet") }
}

internal import Arrays
internal import Basics

/// A program as torch.export wrote it: calls of ATen's operators on named values, in an order in which they run.
struct ExportedProgram {
    /// The file as the user knows it, for messages.
    let file: String
    /// Values that a weight gives, and the name of the weight.
    var weights: [(value: String, weight: String)] = []
    /// Values that enter, in the order of `forward`.
    var inputs: [String] = []
    /// Values that leave, in the order in which `forward` gives them.
    var outputs: [String] = []
    var calls: [ATenCall] = []
    /// What is known of every tensor.
    var tensors: [String: TensorDescription] = [:]
}

/// What torch.export says of a tensor's values.
struct TensorDescription: Hashable {
    /// Nil for types that are not read.
    var element: ElementType?
    var sizes: [ATenSize]
}

/// The size of an axis.
enum ATenSize: Hashable {
    case known(Int)
    /// Whatever the samples have; by its formula or by the name of the value that gives it.
    case symbolic(String)
}

/// One call of an operator.
struct ATenCall {
    /// `torch.ops.aten.add.Tensor`.
    var target: String
    /// The name of the call, which is that of its first value.
    var name: String
    var arguments: [String: ATenArgument]
    /// The values that it gives, those of a list one by one; nil where nothing is made of one.
    var outputs: [String?]
    /// The modules that the call is within, outermost first.
    var modules: [ModuleCall]

    /// A module of the network, by its path from the root and its class.
    struct ModuleCall: Hashable {
        var path: String
        var className: String
    }

    /// The innermost module; empty at the root.
    var path: String { modules.last?.path ?? "" }
}

/// What an operator is called with.
enum ATenArgument: Hashable {
    case none
    case bool(Bool)
    case int(Int)
    case double(Double)
    case text(String)
    case tensor(String)
    /// A list of tensors, some of which may be left out.
    case tensors([String?])
    case size(ATenSize)
    case sizes([ATenSize])
    case doubles([Double])
    case element(ElementType?)
    /// A device, a memory format: what changes no number.
    case placement
    /// What no operator that is read takes, by the name that the file has for its kind.
    case other(String)
}

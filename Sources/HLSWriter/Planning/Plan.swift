import LayerKit
import Layers
import Options
import Streams

/// The written program before it is text: every name, every function and the order of the calls.
struct Plan {
    /// How the top function runs its layers.
    enum Mode: Equatable {
        /// All layers as one pipeline that takes a sample every `interval` cycles.
        case pipeline(interval: Int)
        /// Every layer a process of its own.
        case dataflow
    }

    /// An argument of the top function.
    struct Port {
        var variable: String
        var typeName: String
        var tensor: TensorSpec
    }

    /// A layer that computes: a function of its own.
    struct Layer {
        var id: String
        var call: HLSCall
        var inputs: [TensorSpec]
        var outputs: [TensorSpec]
    }

    /// A function that only moves elements.
    struct Move {
        var id: String
        /// One target: a copy, or the same elements in groups of another size. Several: a copy for each reader. None:
        /// what nobody reads is taken out of its stream.
        var source: TensorSpec
        var sourceType: String
        var target: TensorSpec
        var targetTypes: [String]
    }

    /// A variable of the top function.
    struct Local {
        var variable: String
        var typeName: String
        var tensor: TensorSpec
        /// The layer, or input, whose tensor it holds.
        var source: String
        /// Of a stream: how many groups it holds. Nil: not stated, to be found.
        var depth: Int?
    }

    /// One statement of the top function; what it declares stands before it.
    struct Step {
        var locals: [Local] = []
        var function: String
        var inputs: [String]
        var outputs: [String]
        /// When its tensors pass, if they are streams.
        var tokens: TokenSchedule

        var arguments: [String] { inputs + outputs }
    }

    var project: String
    var io: IOType
    var mode: Mode
    var inputs: [Port]
    var outputs: [Port]
    var layers: [Layer]
    var moves: [Move]
    /// The element type of every tensor inside, by the name of its type.
    var types: [(name: String, tensor: TensorSpec)]
    var steps: [Step]
}

import FixedPoint
internal import Estimates
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

    /// The type of what a tensor is passed as: each tensor has one, defined in one header, and is passed by that name
    /// wherever it goes.
    struct ElementType {
        var project: String
        var id: String
        var tensor: TensorSpec
        /// Whether one element of the groups is meant that pass in a stream.
        var isElement = false

        var name: String { "\(project)_\(id)_t" + (isElement ? "::value_type" : "") }
        /// From the folder `firmware`.
        var header: String { "types/\(id).h" }
    }

    /// An argument of the top function.
    struct Port {
        var variable: String
        var type: ElementType

        var tensor: TensorSpec { type.tensor }
        /// Of a stream: an AXI4-Stream bus has at most 4,096 bits; a wider element passes over the ports of a FIFO.
        var isWide: Bool { tensor.channels * tensor.type.width > ToolLimits.commonStreamBits }
    }

    /// A layer that computes: a function of its own.
    struct Layer {
        var id: String
        /// What the user calls the layer.
        var name: String
        var operation: any DesignOperation
        var site: OperationSite
        /// Names for the functions over which a tool may divide the layer.
        var partIDs: [String] = []
        var call: HLSCall
        var inputs: [ElementType]
        var outputs: [ElementType]
    }

    /// A function that only moves elements.
    struct Move {
        var id: String
        var source: ElementType
        var target: ElementType
        /// One: a copy, or the same elements in groups of another size. Several: a copy for each reader. None: what
        /// nobody reads is taken out of its stream.
        var copies: Int
    }

    /// A variable of the top function.
    struct Local {
        var variable: String
        var type: ElementType
        /// The layer, or input, whose tensor it holds.
        var source: String
        /// Of a stream: how many groups it holds. Nil: not stated, to be found.
        var depth: Int?

        var tensor: TensorSpec { type.tensor }
    }

    /// One statement of the top function; what it declares stands before it.
    struct Step {
        var locals: [Local] = []
        /// The identifier of the layer or the move that is called.
        var id: String
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
    /// Those of all tensors.
    var types: [ElementType]
    var steps: [Step]
}

public import AdderGraphs
public import FixedPoint

/// How an operation appears in the firmware's C++.
public enum HLSForm: Hashable, Sendable {
    /// The same elements under another shape: nothing to compute.
    case view
    /// A call of one kernel of `Templates/hls/nnet_utils`.
    case call(HLSCall)
    /// The firmware cannot hold it yet; the reason completes the sentence "layer 'x' cannot be written: ...".
    case unsupported(String)
}

/// The call of one kernel, without a word about the names that the writer gives: constants and types are named by their
/// role (`weight`, `accum_t`), to which the writer puts the layer's name.
public struct HLSCall: Hashable, Sendable {
    /// The kernel, without its namespace.
    public var kernel: String
    /// The header that holds the kernel for arrays, without `.h`; the one for streams has `_stream` behind.
    public var header: String
    /// Members of the config struct in the order in which they are printed.
    public var members: [Member]
    /// Arrays of constants, in the order in which the kernel takes them.
    public var constants: [ConstantArray]
    /// Single constants, taken before the arrays.
    public var parameters: [Parameter]
    /// Kernels that this one calls, each a struct of the config.
    public var parts: [Part]
    public var schedule: Schedule
    /// How often the kernel is called, one call after the other part of the tensor: 1 where it takes all of it.
    public var calls: Int
    /// How many of the calls are made at once where tensors pass as arrays.
    public var together: Int

    public init(
        _ kernel: String, header: String, members: [Member], constants: [ConstantArray] = [],
        parameters: [Parameter] = [], parts: [Part] = [],
        schedule: Schedule = .pipelined(interval: 1, multipliers: nil), calls: Int = 1, together: Int = 1
    ) {
        self.kernel = kernel
        self.header = header
        self.members = members
        self.constants = constants
        self.parameters = parameters
        self.parts = parts
        self.schedule = schedule
        self.calls = calls
        self.together = together
    }

    /// How often calls are made, so many at once.
    public var turns: Int { calls / max(1, together) }

    /// Whether a constant was trained: such a layer is a translation unit of its own.
    public var isTrained: Bool { allConstants.contains(where: \.isTrained) || adders != nil }

    /// Arrays of constants that the kernel takes, and those that its parts take.
    public var allConstants: [ConstantArray] { constants + parts.flatMap(\.constants) }

    /// A kernel on arrays that another one calls as `name::run(x, y)`: what it is told beside its tensors stands in the
    /// struct.
    public struct Part: Hashable, Sendable {
        public var name: String
        public var call: HLSCall
        /// What stands in front of the roles of its constants in the layer's own names.
        public var prefix: String

        public init(_ name: String, _ call: HLSCall, prefix: String = "") {
            self.name = name
            self.call = call
            self.prefix = prefix
        }

        /// Its constants by their roles in the layer.
        public var constants: [ConstantArray] {
            call.constants.map { constant in
                var constant = constant
                constant.role = prefix + constant.role
                return constant
            }
        }
    }

    /// The weights where they are no constants, but additions.
    public var adders: AdderProgram? {
        for case .adders(let program) in members { return program }
        return nil
    }

    /// A member of the config struct.
    public enum Member: Hashable, Sendable {
        /// `static const unsigned name = value`.
        case size(String, Int)
        /// `static const int name = value`: what may be negative.
        case level(String, Int)
        /// `static const bool name = value`.
        case flag(String, Bool)
        /// `typedef <type> name`, a number.
        case type(String, FixedType)

        /// The type of a constant of the role.
        public static func constant(_ role: String, _ type: FixedType) -> Member { .type(role + "_t", type.plain) }

        /// `typedef <class> name`, a class of the kernels.
        case policy(String, String)
        /// `static <result> cast(x, i)`: the cast to the type of element `i`, `i` counting on through all places of
        /// the tensor or, where one row of them repeats, those of a row. The result has the type that holds all.
        case casts(DistinctTypes, result: FixedType)
        /// `static unsigned name(i)`: where element `i` of a row finds what it is made of.
        case index(String, IndexMap)
        /// `static void sums(x, y)`: the trained product as shifts and additions.
        case adders(AdderProgram)
    }

    /// A graph of adders on numbers with a binary point.
    public struct AdderProgram: Hashable, Sendable {
        public var graph: AdderGraph
        /// The type of the inputs: the graph counts in units of its last place.
        public var input: FixedType
        /// Bits behind the point of the results.
        public var fraction: Int

        public init(graph: AdderGraph, input: FixedType, fraction: Int) {
            self.graph = graph
            self.input = input
            self.fraction = fraction
        }
    }

    /// Constants in an array of their own.
    public struct ConstantArray: Hashable, Sendable {
        public var role: String
        public var tensor: QuantizedTensor
        /// In which order the kernel reads them.
        public var order: Order
        /// How many stand on one line: what belongs together, for example the weights of one output.
        public var rowLength: Int
        /// Weights are; tables of functions are not.
        public var isTrained: Bool
        /// Of an array that is read word by word: how many words there are, which then is its second dimension. Nil: the
        /// array has one.
        public var words: Int?

        public init(
            _ role: String, _ tensor: QuantizedTensor, order: Order = .asStored, rowLength: Int, isTrained: Bool,
            words: Int? = nil
        ) {
            self.role = role
            self.tensor = tensor
            self.order = order
            self.rowLength = rowLength
            self.isTrained = isTrained
            self.words = words
        }

        public enum Order: Hashable, Sendable {
            case asStored
            /// A matrix column by column: what belongs to one output stands together.
            case columns
        }

        /// What an element is declared as.
        public var type: FixedType { tensor.type.plain }
        public var count: Int { tensor.raw.count }

        /// The numbers in the kernel's order, in units of the type's last place.
        public var raw: [Int64] {
            switch order {
            case .asStored: tensor.raw
            case .columns: tensor.columns
            }
        }

        /// The table of a function.
        public static func table(_ role: String, _ table: QuantizedTensor) -> ConstantArray {
            ConstantArray(role, table, rowLength: 8, isTrained: false)
        }
    }

    /// A constant that is passed by value.
    public struct Parameter: Hashable, Sendable {
        public var role: String
        public var constant: Constant

        public init(_ role: String, _ constant: Constant) {
            self.role = role
            self.constant = constant
        }
    }

    /// Who sees to the timing.
    public enum Schedule: Hashable, Sendable {
        /// Straight-line code: the wrapper, or the loop of its turns, is pipelined; `multipliers` bounds how many one call
        /// may have. Nil: as many as there are products.
        case pipelined(interval: Int, multipliers: MultiplierLimit?)
        /// Straight-line code in a loop that is the kernel's own, which is a pipeline; its numbers as above.
        case ownPipeline(interval: Int, multipliers: MultiplierLimit?)
        /// The kernel has loops with pipelines of their own.
        case loops
    }
}

extension Constant {
    /// Zero, where a kernel wants a number and the layer has none.
    public static let zero = Constant(0, as: .int(1, signed: false))
    public static let one = Constant(1, as: .int(1, signed: false))
}

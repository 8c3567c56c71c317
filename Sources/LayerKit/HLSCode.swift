public import FixedPoint
public import Options
public import Streams

/// What an operation sees when it is written as C++: what comes in, what goes out, and how tensors travel.
public struct HLSSite: Sendable {
    public var io: IOType
    /// Element types and shapes of what comes in, one entry per input.
    public var inputs: [FixedType]
    public var shapes: [Shape]
    /// The shape of what goes out.
    public var output: Shape

    public init(io: IOType, inputs: [FixedType], shapes: [Shape], output: Shape) {
        self.io = io
        self.inputs = inputs
        self.shapes = shapes
        self.output = output
    }

    /// The number of elements of an input.
    public func count(_ index: Int = 0) -> Int { shapes[index].elementCount }

    /// The elements of an input that pass together in a stream.
    public func channels(_ index: Int = 0) -> Int { max(1, shapes[index].last ?? 1) }

    /// The schedule of a kernel that works on each stream element alone, one in each cycle.
    /// - Parameter pipeline: the most cycles that one spends in it at any clock. Reports at 5 ns show a few; twice as
    ///   many and more are stated, since too much costs a little memory where paths part and meet, and too little a
    ///   deadlock.
    public func elementwise(pipeline: Int) -> TokenSchedule {
        .elementwise(count() / channels(), pipeline: pipeline)
    }
}

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
    public var schedule: Schedule
    /// How often the kernel is called, one call after the other part of the tensor: 1 where it takes all of it.
    public var calls: Int

    public init(
        _ kernel: String, header: String, members: [Member], constants: [ConstantArray] = [],
        parameters: [Parameter] = [], schedule: Schedule = .pipelined(interval: 1, multipliers: nil), calls: Int = 1
    ) {
        self.kernel = kernel
        self.header = header
        self.members = members
        self.constants = constants
        self.parameters = parameters
        self.schedule = schedule
        self.calls = calls
    }

    /// Whether a constant was trained: such a layer is a translation unit of its own.
    public var isTrained: Bool { constants.contains(where: \.isTrained) }

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
        /// `typedef <class> name`, a class of the kernels.
        case policy(String, String)
    }

    /// Constants in an array of their own.
    public struct ConstantArray: Hashable, Sendable {
        public var role: String
        public var type: FixedType
        /// In the order in which the kernel reads them, in units of the type's last place.
        public var raw: [Int64]
        /// How many stand on one line: what belongs together, for example the weights of one output.
        public var rowLength: Int
        /// Weights are; tables of functions are not.
        public var isTrained: Bool

        public init(_ role: String, _ type: FixedType, _ raw: [Int64], rowLength: Int, isTrained: Bool) {
            self.role = role
            self.type = type
            self.raw = raw
            self.rowLength = rowLength
            self.isTrained = isTrained
        }

        /// The table of a function.
        public static func table(_ role: String, _ table: QuantizedTensor) -> ConstantArray {
            ConstantArray(role, table.type, table.raw, rowLength: 8, isTrained: false)
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
        /// Straight-line code: the wrapper is pipelined; `multipliers` bounds how many it may have.
        case pipelined(interval: Int, multipliers: Int?)
        /// The kernel has loops with pipelines of their own.
        case loops
    }
}

extension Constant {
    /// Zero, where a kernel wants a number and the layer has none.
    public static let zero = Constant(0, as: .int(1, signed: false))
    public static let one = Constant(1, as: .int(1, signed: false))
}

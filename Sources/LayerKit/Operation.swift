public import Estimates
public import FixedPoint
public import Streams

/// What the firmware computes for one node of the Design: exact integer semantics with every type stated.
///
/// The emulator executes it, the C++ writer prints it, and both must agree on every integer. Each requirement is a
/// facet that every operation answers.
public protocol DesignOperation: CatalogEntry {
    /// The functions of `Templates/hls` that are there for it: those that it calls, and those that only these need. No
    /// layer is called as one of them in the written code.
    static var kernels: Set<String> { get }

    /// The types of the elements of each output.
    var results: [ElementTypes] { get }

    /// Why the operation cannot stand where it does, as the end of the sentence "layer 'x' ..."; nil where every other facet
    /// can be asked. What optimize makes has no fault, but designs are read from files, too.
    func fault(_ site: OperationSite) -> String?

    /// How an output beyond the first is called, behind the node's name: `state` for `lstm.state`.
    func outputName(_ index: Int) -> String

    /// Bits of a signed word in which every intermediate is exact.
    func wordBits(_ site: OperationSite) -> Int

    /// The operation prepared for the words of the emulator.
    func kernel<W: Word>(_ site: OperationSite) -> Kernel<W>

    /// The operation for 64-bit words: `kernel`, specialised where the operation is defined.
    func kernel64(_ site: OperationSite) -> Kernel<Int64>

    /// The operation as a call of a C++ kernel.
    func hls(_ site: OperationSite) -> HLSForm

    /// What a tool must take at once of the function that the operation becomes; nil: nothing that grows beyond the
    /// elements of its tensors.
    func size(_ site: OperationSite) -> FunctionSize?

    /// The operation for some of the units of its outputs alone: a layer that is divided is all of these side by side.
    func share(of units: Range<Int>) -> Self

    /// Every other legal reuse factor, with each strategy that spends less hardware for it, the smallest factor first.
    func choices(_ site: OperationSite) -> [OperationChoice]

    /// When the kernel for streams takes and gives its tokens, whatever clock and part are: what FIFO depths are made
    /// of.
    func tokens(_ site: OperationSite) -> TokenSchedule

    /// How many elements the kernel for streams gathers from tokens of any size that divides it, before it computes.
    /// Nil: each token must be a group of the tensor's own.
    var gathered: Int? { get }

    /// What C synthesis will report of it, before it has run.
    func estimate(_ site: OperationSite, _ target: Target) -> Estimate

    /// Whether the open back end can write the operation as RTL.
    var rtl: RTLForm { get }

    /// What a report shows of it.
    var summary: OperationSummary { get }
}

extension DesignOperation {
    public func fault(_ site: OperationSite) -> String? { nil }

    public func outputName(_ index: Int) -> String { "\(index)" }

    public func size(_ site: OperationSite) -> FunctionSize? { nil }

    public func share(of units: Range<Int>) -> Self { self }

    public func choices(_ site: OperationSite) -> [OperationChoice] { [] }

    public var gathered: Int? { nil }

    @inlinable public func kernel64(_ site: OperationSite) -> Kernel<Int64> { kernel(site) }
}

/// One prepared operation: raw values of one sample in (one pointer for each input), raw values out (one for each
/// output). They do not overlap. What an operation remembers from one step of a sequence to the next lives within the
/// call: nothing outlasts a sample.
public typealias Kernel<W: Word> =
    @Sendable (
        _ inputs: UnsafePointer<UnsafePointer<W>>, _ outputs: UnsafePointer<UnsafeMutablePointer<W>>
    ) -> Void

/// How an operation appears as RTL of the open back end.
public enum RTLForm: Hashable, Sendable {
    /// The reason completes the sentence "layer 'x' cannot be built: ...".
    case unsupported(String)

    /// The answer of every operation until the open back end writes RTL.
    public static let unwritten = RTLForm.unsupported("the open back end does not write RTL for it yet")
}

/// A number of the firmware with its type: a slope, a threshold, a table's scale.
public struct Constant: Hashable, Sendable, Codable {
    public var type: FixedType
    /// In units of the type's last place.
    public var raw: Int64

    public init(_ value: Double, as type: FixedType) {
        self.type = type
        raw = Int64(clamping: type.quantize(value))
    }

    public init(raw: Int64, type: FixedType) {
        self.type = type
        self.raw = raw
    }

    /// The exact value.
    public var value: Double { type.value(raw) }
}

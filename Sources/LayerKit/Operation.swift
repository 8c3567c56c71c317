public import FixedPoint
public import Streams

/// What the firmware computes for one node of the Design: exact integer semantics with every type stated.
///
/// The emulator executes it, the C++ writer prints it, and both must agree on every integer.
public protocol DesignOperation: Hashable, Sendable, Codable {
    /// The type of every element of the output.
    var resultType: FixedType { get }

    /// Bits of a signed word in which every intermediate is exact, for elements of the given types coming in.
    func wordBits(inputs: [FixedType]) -> Int

    /// The operation prepared for the words of the emulator.
    func kernel<W: Word>(inputs: [FixedType], shapes: [Shape]) -> Kernel<W>

    /// The operation as a call of a C++ kernel.
    func hls(_ site: HLSSite) -> HLSForm

    /// When the kernel for streams takes and gives its tokens, whatever clock and part are: what FIFO depths are made
    /// of.
    func tokens(_ site: HLSSite) -> TokenSchedule

    /// Whether the open back end can write the operation as RTL.
    var rtl: Support { get }
}

/// One prepared operation: raw values of one sample in (one pointer for each input), raw values out. They do not
/// overlap.
public typealias Kernel<W: Word> =
    @Sendable (_ inputs: UnsafePointer<UnsafePointer<W>>, _ output: UnsafeMutablePointer<W>) -> Void

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

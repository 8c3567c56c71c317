internal import Basics
public import Estimates
public import Options
public import Streams

/// Where an operation stands in a Design: what comes in, what goes out, and how tensors travel. Exact kernel, C++,
/// token schedule, estimate and RTL all see the same.
public struct OperationSite: Hashable, Sendable {
    public var io: IOType
    public var inputs: [TensorSpec]
    public var outputs: [TensorSpec]

    public init(io: IOType, inputs: [TensorSpec], outputs: [TensorSpec]) {
        self.io = io
        self.inputs = inputs
        self.outputs = outputs
    }

    /// The first input, which every operation has.
    public var input: TensorSpec { inputs[0] }

    /// The first output, which every operation has.
    public var output: TensorSpec { outputs[0] }

    /// Elements that are worked on at the same time.
    public var parallel: Int {
        switch io {
        case .parallel: max(1, input.count)
        case .stream: input.channels
        }
    }

    /// The schedule of a kernel that works on each stream element alone, one in each cycle.
    /// - Parameters:
    ///   - pipeline: the most cycles that one spends in it at any clock. Reports at 5 ns show a few; twice as many and
    ///     more are stated, since too much costs a little memory where paths part and meet, and too little a deadlock.
    ///   - interval: cycles from one element to the next.
    public func elementwise(pipeline: Int, interval: Int = 1) -> TokenSchedule {
        .elementwise(input.count / input.channels, interval: interval, pipeline: pipeline)
    }

    /// The schedule of a kernel that multiplies each element that comes at once, each multiplier taking `reuse` of them.
    public func sharing(_ reuse: Int?) -> HLSCall.Schedule {
        guard let reuse, reuse > 1 else { return .pipelined(interval: 1, multipliers: nil) }
        return .pipelined(interval: reuse, multipliers: MultiplierLimit { _ in Count.ratio(parallel, reuse) })
    }

    /// What a layer costs that does the same to each element.
    /// - Parameters:
    ///   - depth: cycles that one element takes.
    ///   - interval: cycles from what comes at once to the next that does.
    ///   - element: what one element occupies; its schedule is not looked at.
    public func elementwise(depth: Int, interval: Int = 1, _ element: Estimate, _ target: Target) -> Estimate {
        var result = Estimate(latency: depth + interval - 1, interval: interval)
        if io == .stream {
            result = ElementwiseSchedule.stream(groups: input.groups, depth: depth, interval: interval, target)
        }
        result.occupy(element.copies(parallel))
        return result
    }
}

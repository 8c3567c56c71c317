internal import Basics
public import Estimates
internal import FixedPoint
public import LayerKit
internal import Options
public import Streams

extension PoolingOperation {
    public func hls(_ site: OperationSite) -> HLSForm {
        let plane = plane(site)
        var members =
            plane.members + [
                .size("groups", plane.channels), .size("n_in", plane.taps), .size("n_out", 1), .size("interval", 1),
                .size("rows_at_once", plane.outputHeight), .size("columns_at_once", plane.outputWidth),
            ]
        let schedule: HLSCall.Schedule =
            site.io == .parallel
            ? .pipelined(interval: 1, multipliers: nil) : .ownPipeline(interval: 1, multipliers: nil)
        switch kind {
        case .max:
            let input = site.input.type
            // Nothing is smaller: padding is never the largest element.
            let lowest = Constant(raw: Int64(clamping: input.rawMin), type: input.plain)
            members.append(.constant("padding", input))
            return .call(
                HLSCall(
                    "pool_max", header: "nnet_pool", members: members, parameters: [.init("padding", lowest)],
                    schedule: schedule))
        case .average:
            let division = Reciprocals(of: plane.taps, bits: accum.width + guardBits)
            guard let table = division.table else {
                return .unsupported("a mean of \(plane.taps) numbers with \(accum.width + guardBits) bits")
            }
            members += [
                .type("accum_t", accum), .type("mean_t", meanType), .type("reciprocal_t", table.type),
                .type("raw_t", .int(accum.width, signed: accum.signed)), .size("sum_bits", accum.width),
                .size("mean_bits", meanType.width), .size("guard_bits", guardBits),
                .size("magnitude_bits", division.magnitudeBits), .size("reciprocal_bits", division.shift),
                .flag("floors", floors), .flag("counts_padding", countsPadding),
            ]
            return .call(
                HLSCall(
                    "pool_average", header: "nnet_pool", members: members, constants: [.table("reciprocal", table)],
                    schedule: schedule))
        }
    }

    public func tokens(_ site: OperationSite) -> TokenSchedule {
        let levels = Int.bitWidth - windows.reduce(1) { $0 * $1.size }.leadingZeroBitCount
        return WindowTokens(plane: plane(site)).pipelined(interval: 1, pipeline: 16 + 4 * levels)
    }

    public func size(_ site: OperationSite) -> FunctionSize? {
        FunctionSize(units: 1, products: 0, collected: site.io == .stream ? plane(site).windowElements : 0)
    }

    /// A comparison or an addition for each element of a window but the first, and the product of a mean.
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        let plane = plane(site), bits = site.input.type.width
        let step = kind == .max ? 2 * bits : accum.width + 7
        var element = Estimate(lut: Count.times(plane.taps - 1, step))
        if kind == .average, plane.taps.nonzeroBitCount > 1 || plane.isPadded {
            element.dsp = accum.width + guardBits > 18 ? 4 : 1
        }
        let levels = Int.bitWidth - (plane.taps - 1).leadingZeroBitCount
        let depth = target.cycles(1 + 1.05 * Double(levels), least: 1)
        guard site.io == .stream else {
            var result = Estimate(latency: depth, interval: 1)
            result.occupy(element.copies(site.output.count))
            return result
        }
        var result = ElementwiseSchedule.stream(groups: plane.paddedHeight * plane.paddedWidth, depth: depth, target)
        result.occupy(element.copies(plane.channels))
        result.ff = Count.plus(result.ff, Count.times(plane.windowElements, bits))
        result.occupy(plane.lines(bits: bits))
        return result
    }
}

/// Division by the number of elements of a window as a product: `n / c` is `n * ceil(2^shift / c) >> shift` for all n of
/// `magnitudeBits` bits.
private struct Reciprocals {
    let magnitudeBits: Int
    let shift: Int
    /// One for each number of elements, from 0 on; nil where C++ has no literal for one.
    let table: QuantizedTensor?

    init(of most: Int, bits: Int) {
        let growth = Int.bitWidth - most.leadingZeroBitCount
        magnitudeBits = max(bits, growth) + 1
        shift = magnitudeBits + growth
        guard shift < 62 else {
            table = nil
            return
        }
        let one = Int64(1) << Int64(shift)
        let raw = [0] + (1...most).map { (one + Int64($0) - 1) / Int64($0) }
        let isWritten = raw.allSatisfy { $0 == 0 || 64 - $0.leadingZeroBitCount - $0.trailingZeroBitCount <= 53 }
        table = isWritten ? QuantizedTensor(type: .int(shift + 1, signed: false), shape: [most + 1], raw: raw) : nil
    }
}

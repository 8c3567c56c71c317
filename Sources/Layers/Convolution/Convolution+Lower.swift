public import Basics
public import LayerKit

extension Convolution {
    /// A matrix product at every place of the window, for what the window sees there: taps in row-major order, the
    /// channels of each together.
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let windows = (try? windows()) ?? []
        let input = site.inputs[0]
        let plane = try site.plane(windows)
        guard let matrix = Tensor(shape: [kernel.count / outputs, outputs], numbers: kernel.numbers) else {
            throw site.error("the kernel has shape \(kernel.shape)", attribute: "kernel")
        }
        let product = try ProductLowering(site: site, kernel: matrix, bias: bias, groups: groups)
            .lower(seen(by: plane, input.ranges)) { warnings, onlyOne throws(DiagnosticError) in
                // What is computed at once is some of one row, or some rows.
                try site.parallelization(&warnings, onlyOne: onlyOne) {
                    plane.outputWidth % $0 == 0 || $0 % plane.outputWidth == 0
                }
            }
        let operation = ConvolutionOperation(product: product.operation, windows: windows, groups: groups)
        var ranges = Ranges(low: [], high: [])
        for _ in 0..<plane.positions {
            ranges.low += product.ranges.low
            ranges.high += product.ranges.high
        }
        return Lowered(operation, site, ranges: ranges, warnings: product.warnings)
    }

    /// Bounds of what a window sees at any of its places, group by group: of each channel those of all its elements, and
    /// zero where there is padding.
    private func seen(by plane: Plane, _ input: Ranges) -> Ranges {
        let channels = plane.channels, isPadded = plane.isPadded
        var low = [Double](repeating: isPadded ? 0 : .infinity, count: channels)
        var high = [Double](repeating: isPadded ? 0 : -.infinity, count: channels)
        for index in input.low.indices {
            low[index % channels] = min(low[index % channels], input.low[index])
            high[index % channels] = max(high[index % channels], input.high[index])
        }
        let own = channels / groups
        var seen = Ranges(low: [], high: [])
        for group in 0..<groups {
            for _ in 0..<plane.taps {
                seen.low += low[group * own..<(group + 1) * own]
                seen.high += high[group * own..<(group + 1) * own]
            }
        }
        return seen
    }
}

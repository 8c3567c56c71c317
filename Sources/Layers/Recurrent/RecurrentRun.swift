internal import LayerKit

/// A recurrent layer as it was trained, all samples of a step at once.
struct RecurrentRun: Sendable {
    private let cell: Recurrent.Cell
    private let units: Int
    private let steps: Int
    private let reversed: Bool
    private let input: MatrixProduct
    private let offsets: [Double]?
    private let state: MatrixProduct
    private let stateOffsets: [Double]?
    /// The candidate's columns of the recurrent kernel, where the reset comes before the product.
    private let candidate: MatrixProduct?
    private let activation: FloatKernel
    private let gate: FloatKernel
    private let resetGate: FloatKernel
    private let stateQuantizer: FloatKernel?
    private let resetQuantizer: FloatKernel?
    private let sumQuantizer: FloatKernel?

    /// All numbers of what a layer gives, sample by sample.
    struct End {
        var sequence: [Double]
        var hidden: [Double]
        var cell: [Double]
    }

    init(_ layer: Recurrent, steps: Int) {
        cell = layer.cell
        units = layer.units
        self.steps = steps
        reversed = layer.reversed
        let columns = layer.cell.gates * layer.units, weights = layer.recurrentKernel.doubles
        input = MatrixProduct(layer.kernel.doubles, rows: layer.kernel.shape[0], columns: columns)
        offsets = layer.bias?.doubles
        state = MatrixProduct(weights, rows: layer.units, columns: columns)
        stateOffsets = layer.recurrentBias?.doubles
        if case .gru(resetAfter: false) = layer.cell {
            let own = (0..<layer.units).flatMap { weights[($0 * 3 + 2) * layer.units..<($0 + 1) * columns] }
            candidate = MatrixProduct(own, rows: layer.units, columns: layer.units)
        } else {
            candidate = nil
        }
        let shapes = [[layer.units]]
        activation = layer.activation.definition.floatKernel(shapes)
        func kernel(_ quantizer: Layer?) -> FloatKernel? { quantizer?.definition.floatKernel(shapes) }
        let gate = layer.recurrentActivation.definition.floatKernel(shapes)
        self.gate = gate
        resetGate = kernel(layer.resetActivation) ?? gate
        stateQuantizer = kernel(layer.quantizers?.state)
        resetQuantizer = kernel(layer.quantizers?.reset)
        sumQuantizer = kernel(layer.quantizers?.sum)
    }

    func callAsFunction(_ inputs: [[Double]], samples: Int, keepsSequence: Bool) -> End {
        let width = samples * units, columns = cell.gates * units
        let zeros = [Double](repeating: 0, count: width)
        var end = End(
            sequence: [Double](repeating: 0, count: keepsSequence ? width * steps : 0),
            hidden: inputs.count > 1 ? inputs[1] : zeros, cell: inputs.count > 2 ? inputs[2] : zeros)
        let projected = input.times(inputs[0], offsets: offsets)
        for step in 0..<steps {
            let at = reversed ? steps - 1 - step : step
            // The sums of this step alone, of every sample.
            let sums = (0..<samples).flatMap { sample -> ArraySlice<Double> in
                let start = (sample * steps + at) * columns
                return projected[start..<start + columns]
            }
            advance(&end, sums, samples)
            guard keepsSequence else { continue }
            for sample in 0..<samples {
                let to = (sample * steps + step) * units
                end.sequence.replaceSubrange(to..<to + units, with: end.hidden[sample * units..<(sample + 1) * units])
            }
        }
        return end
    }

    private func advance(_ end: inout End, _ x: [Double], _ samples: Int) {
        func quantized(_ values: [Double], _ quantizer: FloatKernel?) -> [Double] {
            quantizer.map { $0([values], samples: samples)[0] } ?? values
        }
        let h = quantized(end.hidden, stateQuantizer)
        let u = state.times(h, offsets: stateOffsets)
        func column(_ values: [Double], _ place: Int) -> [Double] {
            let columns = cell.gates * units
            return (0..<samples).flatMap { sample -> ArraySlice<Double> in
                let start = sample * columns + place * units
                return values[start..<start + units]
            }
        }
        func sum(_ place: Int) -> [Double] { zip(column(x, place), column(u, place)).map { $0 + $1 } }
        func gated(_ place: Int) -> [Double] { gate([sum(place)], samples: samples)[0] }
        func activated(_ values: [Double]) -> [Double] { activation([values], samples: samples)[0] }
        switch cell {
        case .simple: end.hidden = activated(quantized(sum(0), sumQuantizer))
        case .lstm:
            let i = gated(0), f = gated(1), g = activated(sum(2)), o = gated(3)
            let before = quantized(end.cell, stateQuantizer)
            end.cell = i.indices.map { f[$0] * before[$0] + i[$0] * g[$0] }
            let c = activated(end.cell)
            end.hidden = o.indices.map { o[$0] * c[$0] }
        case .gru:
            let z = gated(0), r = resetGate([sum(1)], samples: samples)[0], own = column(x, 2)
            let product: [Double]
            if let candidate {
                let offsets = stateOffsets.map { Array($0.suffix(units)) }
                let reset = quantized(zip(r, h).map { $0 * $1 }, resetQuantizer)
                product = candidate.times(reset, offsets: offsets)
            } else {
                product = zip(r, quantized(column(u, 2), resetQuantizer)).map { $0 * $1 }
            }
            let g = activated(zip(own, product).map { $0 + $1 })
            end.hidden = z.indices.map { z[$0] * h[$0] + (1 - z[$0]) * g[$0] }
        }
    }
}

import Glibc
import LayerKit
import Testing

@testable import Layers

/// As trained, against the equations written out.
@Suite struct RecurrentTests {
    private static let steps = 4, features = 2, units = 3

    private func layer(_ cell: Recurrent.Cell, reversed: Bool, results: [Recurrent.Result]) throws -> Recurrent {
        let columns = cell.gates * Self.units
        return Recurrent(
            cell, kernel: try Trained.tensor([Self.features, columns], 1),
            recurrentKernel: try Trained.tensor([Self.units, columns], 2), bias: try Trained.tensor([columns], 3),
            recurrentBias: try Trained.tensor([columns], 4), reversed: reversed, results: results)
    }

    /// The hidden states of all steps, and the last of the cell.
    private func run(_ layer: Recurrent, _ x: [Double], _ states: [[Double]]) -> (hidden: [[Double]], cell: [Double]) {
        let n = Self.units, columns = layer.cell.gates * n
        func sums(_ x: [Double], _ weights: Tensor, _ bias: Tensor?) -> [Double] {
            (0..<columns).map { column in
                x.indices.reduce(bias?.doubles[column] ?? 0) { $0 + x[$1] * weights.doubles[$1 * columns + column] }
            }
        }
        func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
        var h = states.first ?? [0, 0, 0], c = states.count > 1 ? states[1] : [0, 0, 0]
        var all: [[Double]] = []
        for step in 0..<Self.steps {
            let at = layer.reversed ? Self.steps - 1 - step : step
            let own = Array(x[at * Self.features..<(at + 1) * Self.features])
            let a = sums(own, layer.kernel, layer.bias), b = sums(h, layer.recurrentKernel, layer.recurrentBias)
            let before = h
            for unit in 0..<n {
                func gate(_ place: Int) -> Double { a[place * n + unit] + b[place * n + unit] }
                switch layer.cell {
                case .simple: h[unit] = tanh(gate(0))
                case .lstm:
                    c[unit] = sigmoid(gate(1)) * c[unit] + sigmoid(gate(0)) * tanh(gate(2))
                    h[unit] = sigmoid(gate(3)) * tanh(c[unit])
                case .gru(let resetAfter):
                    let z = sigmoid(gate(0))
                    var candidate = a[2 * n + unit]
                    if resetAfter {
                        candidate += sigmoid(gate(1)) * b[2 * n + unit]
                    } else {
                        let resets = (0..<n).map { sigmoid(a[n + $0] + b[n + $0]) * before[$0] }
                        candidate += sums(resets, layer.recurrentKernel, layer.recurrentBias)[2 * n + unit]
                    }
                    h[unit] = z * before[unit] + (1 - z) * tanh(candidate)
                }
            }
            all.append(h)
        }
        return (all, c)
    }

    @Test(
        arguments: [Recurrent.Cell.simple, .lstm, .gru(resetAfter: true), .gru(resetAfter: false)], [false, true])
    func everyCell(cell: Recurrent.Cell, reversed: Bool) throws {
        let shape = [Self.steps, Self.features]
        let layer = try layer(cell, reversed: reversed, results: [.sequence, .hidden] + (cell == .lstm ? [.cell] : []))
        let states = cell == .lstm ? 2 : 1
        for given in [0, states] {
            let shapes = [shape] + [Shape](repeating: [Self.units], count: given)
            #expect(try layer.outputShapes(of: shapes).prefix(2) == [[Self.steps, Self.units], [Self.units]])
            // Two samples, so that a kernel that mixes them up is found.
            let x = shapes.enumerated().map { Trained.numbers(2 * $1.elementCount, UInt64(20 + $0)) }
            let y = layer.floatKernel(shapes)(x, samples: 2)
            for sample in 0..<2 {
                func own(_ values: [Double]) -> [Double] {
                    Array(values[sample * values.count / 2..<(sample + 1) * values.count / 2])
                }
                let want = run(layer, own(x[0]), x.dropFirst().map(own))
                let pairs = [(own(y[0]), want.hidden.flatMap { $0 }), (own(y[1]), want.hidden[Self.steps - 1])]
                for (have, want) in pairs + (y.count > 2 ? [(own(y[2]), want.cell)] : []) {
                    #expect(have.count == want.count)
                    #expect(zip(have, want).allSatisfy { abs($0 - $1) < 1e-9 }, "\(cell)")
                }
            }
        }
    }

    /// States that are rounded to nothing are forgotten: every step is a first one, of the cell of an LSTM as well.
    @Test(arguments: [Recurrent.Cell.simple, .lstm, .gru(resetAfter: true), .gru(resetAfter: false)])
    func statesPassTheirQuantizer(cell: Recurrent.Cell) throws {
        var forgetful = try layer(cell, reversed: false, results: [.sequence])
        forgetful.quantizers = Recurrent.Quantizers(state: Layer(Unary(.clip(low: 0, high: 0))))
        let x = Trained.numbers(Self.steps * Self.features, 9)
        let y = forgetful.floatKernel([[Self.steps, Self.features]])([x], samples: 1)[0]
        let first = try layer(cell, reversed: false, results: [.hidden])
        for step in 0..<Self.steps {
            let own = Array(x[step * Self.features..<(step + 1) * Self.features])
            let want = first.floatKernel([[1, Self.features]])([own], samples: 1)[0]
            let have = y[step * Self.units..<(step + 1) * Self.units]
            #expect(zip(have, want).allSatisfy { abs($0 - $1) < 1e-12 }, "\(cell)")
        }
    }

    @Test func whatDoesNotFitIsRefused() throws {
        #expect(throws: LayerError.self) {
            try layer(.simple, reversed: false, results: [.cell]).outputShapes(of: [[4, 2]])
        }
        let lstm = try layer(.lstm, reversed: false, results: [.hidden])
        for shapes in [[[4]], [[4, 3]], [[4, 2], [3]], [[4, 2], [3], [2]]] {
            #expect(throws: LayerError.self, "\(shapes)") { try lstm.outputShapes(of: shapes) }
        }
    }
}

import Glibc
import LayerKit
import Testing

@testable import Layers

/// As trained, against the definition.
@Suite struct GarNetTests {
    @Test(arguments: [nil, GarNet.Collapse.sum, .mean, .max]) func graphs(collapse: GarNet.Collapse?) throws {
        let vertices = 3, given = 2
        let features = Dense(kernel: try Trained.tensor([2, 2], 1), bias: try Trained.tensor([2], 2))
        let distance = Dense(kernel: try Trained.tensor([2, 2], 3), bias: nil)
        let output = Dense(kernel: try Trained.tensor([4, given], 4), bias: try Trained.tensor([given], 5))
        let layer = GarNet(features: features, distance: distance, output: output, collapse: collapse)
        let shapes = [[vertices, 2], [1]]
        #expect(try layer.outputShapes(of: shapes) == [collapse == nil ? [vertices, given] : [given]])
        // The last vertex is none.
        let x = Trained.numbers(vertices * 2, 9), count = 2
        func dense(_ layer: Dense, _ row: [Double], _ column: Int) -> Double {
            let width = layer.kernel.shape[1]
            return row.indices.reduce(layer.bias?.doubles[column] ?? 0) {
                $0 + row[$1] * layer.kernel.doubles[$1 * width + column]
            }
        }
        let rows = (0..<count).map { Array(x[$0 * 2..<$0 * 2 + 2]) }
        func weight(_ vertex: Int, _ s: Int) -> Double { exp(-pow(dense(distance, rows[vertex], s), 2)) }
        let each = (0..<vertices).map { vertex -> [Double] in
            guard vertex < count else { return [0, 0] }
            let back = (0..<2).flatMap { s in
                (0..<2).map { f in
                    let sum = rows.indices.reduce(0) { $0 + weight($1, s) * dense(features, rows[$1], f) }
                    return weight(vertex, s) * sum / Double(vertices)
                }
            }
            return (0..<given).map { dense(output, back, $0) }
        }
        let columns = (0..<given).map { o in each.map { $0[o] } }
        let want: [Double] =
            switch collapse {
            case nil: each.flatMap { $0 }
            case .sum: columns.map { $0.reduce(0, +) }
            case .mean: columns.map { $0.reduce(0, +) / Double(vertices) }
            case .max: columns.map { $0.max() ?? .nan }
            }
        let y = layer.floatKernel(shapes)([x + x, [Double(count), Double(count)]], samples: 2)[0]
        #expect(y.count == 2 * want.count)
        #expect(zip(y, want + want).allSatisfy { abs($0 - $1) < 1e-9 })
    }
}

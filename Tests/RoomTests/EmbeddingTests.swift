import FixedPoint
import LayerKit
import Options
import Testing

@testable import Layers

/// As trained and on integers, against the definition.
@Suite struct EmbeddingTests {
    @Test func rowsOfTheTable() throws {
        let table = try #require(Tensor(shape: [3, 2], values: [0, 1, 10, 11, 20, 21]))
        let layer = Embedding(table: table)
        #expect(try layer.outputShapes(of: [[2]]) == [[2, 2]])
        let kernel = layer.floatKernel([[2]])
        #expect(kernel([[2, 0, 1, 1]], samples: 2) == [[20, 21, 0, 1, 10, 11, 10, 11]])
        // No number is outside of it.
        #expect(kernel([[.infinity, -.infinity]], samples: 1) == [[20, 21, 0, 1]])
        #expect(kernel([[.nan, 1e300]], samples: 1) == [[0, 1, 20, 21]])
        #expect(throws: LayerError.self) { try Embedding(table: Tensor([1])).outputShapes(of: [[2]]) }
    }

    @Test func rowsOnIntegers() throws {
        let table = try #require(Tensor(shape: [5, 2], values: [0.25, -1, 0.5, 1.5, -2, 0, 1, 3.75, 0.125, -0.5]))
        let lowered = try Room.lower(Embedding(table: table), .native, .fixed(7, 5), shape: [2, 3])
        let operation = try Room.operation(EmbeddingOperation.self, lowered)
        // Every entry is a value of the type that is found for them.
        #expect(operation.table.values == table.doubles)
        #expect(operation.resultType == .fixed(6, 3))
        Room.expectKernel(operation, .fixed(7, 5), [2, 3], gives: [2, 3, 2]) { x in
            x.flatMap { x in
                let row = Int(max(0, min(4, x.floor)))
                return (0..<2).map {
                    Exact(operation.table.raw[row * 2 + $0], of: operation.table.type).raw(in: .fixed(6, 3))
                }
            }
        }
        #expect(lowered.parts[0].ranges[0].low == (0..<12).map { $0 % 2 == 0 ? -2 : -1 })
        #expect(lowered.warnings.isEmpty)
        let peer = try Room.operation(
            EmbeddingOperation.self, Room.lower(Embedding(table: table), .hls4ml, .int(4, signed: false), shape: [2]))
        #expect(peer.table.type == .fixed(16, 6))
        #expect(peer.resultType == .fixed(16, 6))
    }

    /// A type in which the number of the last row does not fit.
    @Test func rowsOutOfReachAreSaid() throws {
        let table = try #require(Tensor(shape: [9, 1], values: (0..<9).map { Float($0) }))
        let narrow = try Room.lower(Embedding(table: table), .native, .int(3, signed: false), shape: [2])
        #expect(narrow.warnings.map(\.help) == ["state 'uint<4>' as the result of the input"])
        #expect(try Room.lower(Embedding(table: table), .native, .int(4, signed: false), shape: [2]).warnings.isEmpty)
    }
}

import Basics
import FixedPoint
import LayerKit
import Options
import Testing

@testable import Layers

/// As trained, against the definition.
@Suite struct ReductionTests {
    @Test(arguments: [Reduction.Kind.mean, .sum, .product, .maximum, .minimum], [false, true])
    func reduction(kind: Reduction.Kind, keepsAxes: Bool) throws {
        let input = [3, 4, 2]
        try Trained.expect(Reduction(kind, axes: [2, 0], keepsAxes: keepsAxes), [input], keepsAxes ? [1, 4, 1] : [4]) {
            x, index in
            let all = Trained.indices([3, 2]).map {
                Trained.at(x[0], input, [$0[0], index[keepsAxes ? 1 : 0], $0[1]]) ?? .nan
            }
            switch kind {
            case .mean: return all.reduce(0, +) / 6
            case .sum: return all.reduce(0, +)
            case .product: return all.reduce(1, *)
            case .maximum: return all.max() ?? .nan
            case .minimum: return all.min() ?? .nan
            }
        }
    }

    /// A mean is cut off toward zero at the accumulator's last place.
    @Test(arguments: ReductionOperation.Kind.allCases) func kernel(kind: ReductionOperation.Kind) {
        let type = FixedType.fixed(6, 3)
        let accum: FixedType? = kind == .sum || kind == .mean ? .fixed(9, 5) : nil
        for result in resultTypes {
            let operation = ReductionOperation(kind: kind, axes: [0], accum: accum, resultType: result)
            Room.expectKernel(operation, type, [3, 2], gives: [2]) { x in
                (0..<2).map { column in
                    let terms = [x[column], x[2 + column], x[4 + column]]
                    let value: Exact
                    switch kind {
                    case .sum: value = terms[0] + terms[1] + terms[2]
                    case .mean:
                        let sum = (terms[0] + terms[1] + terms[2]) * Exact(1, over: 3)
                        value = Exact((sum * Exact.power(of2: 4)).towardZero) * Exact.power(of2: -4)
                    case .maximum: value = terms.max() ?? terms[0]
                    case .minimum: value = terms.min() ?? terms[0]
                    }
                    return value.raw(in: result)
                }
            }
        }
    }

    /// A mean of a power of two terms is exact; no sum overflows.
    @Test func types() throws {
        let mean = try Room.operation(
            ReductionOperation.self,
            Room.lower(Reduction(.mean, axes: [0], keepsAxes: false), .native, .fixed(8, 4), shape: [4, 2]))
        #expect(mean.accum == .fixed(12, 6))
        #expect(mean.resultType == .fixed(10, 4))
        let sum = try Room.operation(
            ReductionOperation.self,
            Room.lower(Reduction(.sum, axes: [0, 1], keepsAxes: true), .native, .fixed(8, 4), shape: [4, 2]))
        #expect(sum.accum == .fixed(11, 7))
        #expect(throws: DiagnosticError.self) {
            try Room.lower(Reduction(.product, axes: [0], keepsAxes: false), .native, .fixed(8, 4), shape: [4])
        }
    }
}

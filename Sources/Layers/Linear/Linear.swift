public import FixedPoint
public import LayerKit
public import Options

/// The identity, which a user may give a type of its own: a cast.
public struct Linear: ModelLayer {
    public init() {}

    public static var imports: [ImportRule] {
        [
            ImportRule(.keras, "Activation", read: fromKerasActivation),
            ImportRule(.keras, "activations.linear", is: Linear()),
        ]
    }

    public var typeName: String { "Activation" }
    public var precisionRoles: [PrecisionRole] { [.result] }
    public var usedOptions: [LayerOption] { [] }

    public func outputShape(of inputs: [Shape]) throws(LayerError) -> Shape { inputs.first ?? [] }

    public func evaluateFloat(_ inputs: [[Double]], _ shapes: [Shape]) -> [Double] { inputs.first ?? [] }

    func lower(_ site: LoweringSite) -> Lowered<Operation> {
        let result = site.result(inferred: site.inputs[0].type)
        return Lowered(
            .cast(CastOperation(resultType: result)), ranges: site.inputs[0].ranges.cast(to: result))
    }
}

/// Every element cast to the result type.
public struct CastOperation: DesignOperation {
    public var resultType: FixedType

    public func wordBits(inputs: [FixedType]) -> Int { inputs[0].bitsToCast(to: resultType) }

    public func kernel<W: Word>(inputs: [FixedType], shapes: [Shape]) -> Kernel<W> {
        let count = shapes[0].elementCount
        let cast = Cast<W>(fromFraction: inputs[0].fraction, to: resultType)
        return { inputs, output in cast.apply(inputs[0], output, count: count) }
    }
}

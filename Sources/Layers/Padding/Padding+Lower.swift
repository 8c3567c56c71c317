public import Basics
internal import FixedPoint
public import LayerKit
internal import Options

extension Padding {
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let input = site.inputs[0], shape = input.shape
        guard (2...3).contains(shape.count), pads.last == Pad.none else {
            throw site.error(
                "a tensor of shape \(shape) is padded beyond one or two axes before its channels",
                attribute: "padding")
        }
        let constant = Constant(value, as: input.type)
        let operation = PaddingOperation(
            pads: pads.dropLast(), value: Constant(raw: constant.raw, type: input.type.plain),
            resultType: site.rules.moved() ?? input.type)
        if case .native = site.compat, constant.value != value {
            throw site.error(
                "the padding \(value) is no number of the input's type \(input.type)", attribute: "value",
                help: "state a type of the layer before that holds it")
        }
        let plane = operation.plane(site.site(operation))
        var ranges = Ranges(low: [], high: [])
        for row in 0..<plane.outputHeight {
            for column in 0..<plane.outputWidth {
                let place = plane.sources(row: row, column: column)[0]
                for c in 0..<plane.channels {
                    ranges.low.append(place.map { input.ranges.low[$0 + c] } ?? constant.value)
                    ranges.high.append(place.map { input.ranges.high[$0 + c] } ?? constant.value)
                }
            }
        }
        return Lowered(operation, site, ranges: ranges.cast(to: operation.resultType))
    }
}

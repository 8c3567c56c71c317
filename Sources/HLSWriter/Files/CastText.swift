import FixedPoint
import LayerKit

/// The member of a config struct that casts an element to the type of its own: one table of which element has which
/// type, one list of the types. Where the place is known, as in unrolled code, nothing of either is left.
struct CastText {
    let types: DistinctTypes
    /// The type that holds all of them.
    let result: FixedType

    var text: String {
        let distinct = types.types, places = types.places
        let cases = distinct.enumerated().map { index, type in
            let label = index == distinct.count - 1 ? "default" : "case \(index)"
            return "        \(label): return \(type.width == 0 ? "0" : "\(type.cText)(x)");\n"
        }
        let word = distinct.count <= 256 ? "char" : "int"
        return """
            template <class T> static \(result.cText) cast(const T &x, unsigned i) {
            #pragma HLS INLINE
                    static const unsigned \(word) type_of[\(places.count)] = {\(places.map(String.init).joined(separator: ", "))};
                    switch (type_of[i]) {
            \(cases.joined())        }
                }
            """
    }
}

/// Casts of the numbers that enter: an input whose elements differ in type has a struct of its own for them.
extension CastText {
    /// The cast of an input; empty where all its elements are of one type.
    static func member(of tensor: TensorSpec) -> String {
        switch tensor.types {
        case .uniform: ""
        case .axis, .each: CastText(types: tensor.types.repeating(in: tensor.shape), result: tensor.type).text
        }
    }

    /// The inputs that have one: `name`, `cast`, and `period`, after how many elements the types repeat.
    static func inputs(of plan: Plan) -> TemplateValue {
        .list(
            plan.inputs.compactMap { port in
                let cast = member(of: port.tensor)
                guard !cast.isEmpty else { return nil }
                let period = port.tensor.types.repeating(in: port.tensor.shape).places.count
                return .record(["name": .text(port.variable), "cast": .text(cast), "period": .number(period)])
            })
    }
}

import FixedPoint
import LayerKit

extension HLSCall.Member {
    /// The member of a config struct.
    var text: String {
        switch self {
        case .size(let name, let value): "static const unsigned \(name) = \(value);"
        case .level(let name, let value): "static const int \(name) = \(value);"
        case .flag(let name, let value): "static const bool \(name) = \(value);"
        case .type(let name, let type): "typedef \(type.cText) \(name);"
        case .policy(let name, let value): "typedef \(value) \(name);"
        case .casts(let types, let result): CastText(types: types, result: result).text
        case .index(let name, let map): IndexText(name: name, map: map).text
        case .adders(let program): AdderText(program: program).text
        }
    }
}

extension HLSCall.Parameter {
    /// The constant as an argument of a kernel.
    /// - Parameter config: the struct that has its type.
    func text(_ config: String) -> String {
        "\(config)::\(role)_t(\(Decimal.text(constant.raw, fraction: constant.type.fraction)))"
    }
}

/// A kernel that another one calls: a struct of the config that has what it is told, and a function that calls it.
struct PartText {
    let part: HLSCall.Part
    /// The symbols of its constants.
    let constants: [String]

    var text: String {
        let call = part.call
        let members = call.members.map { "        " + $0.text }
        let arguments = ["x", "y"] + call.parameters.map { $0.text(part.name) } + constants
        return
            (["struct \(part.name) {"] + members + [
                "        template <class X, class Y> static void run(const X *x, Y *y) {", "#pragma HLS INLINE",
                "            nnet::\(call.kernel)<X, Y, \(part.name)>(\(arguments.joined(separator: ", ")));",
                "        }",
                "    };",
            ]).joined(separator: "\n")
    }
}

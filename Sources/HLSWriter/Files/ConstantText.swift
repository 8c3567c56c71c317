import Basics
import FixedPoint
import LayerKit

/// An array of constants, as C++ and as text.
struct ConstantText {
    /// What the user calls the layer.
    let layer: String
    /// What the files' names begin with.
    let id: String
    /// What the array is called.
    let symbol: String
    let constants: HLSCall.ConstantArray

    /// What its files are called.
    private var name: String { "\(id)_\(constants.role)" }

    func files(
        _ templates: TemplateFolder, _ guardName: TemplateValue, _ form: ConstantForm
    ) throws(DiagnosticError) -> [GeneratedFile] {
        guard constants.tensor.raw.allSatisfy(Decimal.fitsLiteral) else {
            throw DiagnosticError(
                .error(
                    "layer '\(layer)': a constant of \(constants.role) has more than 53 significant bits",
                    subject: ["layers", layer, "precision", constants.role],
                    help: "C++ has no literal for it; state a type of at most 53 bits"))
        }
        let numbers: [Int64] =
            switch form {
            case .written: constants.raw
            case .leftOut: []
            }
        let header = try templates.render(
            "firmware/constants.h",
            [
                "name": .text(symbol), "count": .number(constants.count), "type": .text(constants.type.cText),
                "guard": guardName, "order": .text(order), "dimensions": .text(dimensions),
                "rows": .text(String(decoding: list(numbers), as: UTF8.self)),
            ])
        return [
            GeneratedFile("firmware/weights/\(name).h", header),
            GeneratedFile(
                path: "firmware/weights/\(name).txt",
                bytes: rows(numbers, of: constants.rowLength, separator: ",", last: ",\n", indent: "", end: "\n")),
        ]
    }

    /// Which number belongs where, in a sentence.
    private var order: String {
        let shape = constants.tensor.shape
        let text = shape.map(String.init).joined(separator: " x ")
        switch constants.order {
        case .columns:
            let place = "j * \(shape.first ?? 1) + i"
            let element = constants.words.map { "[(\(place)) / \($0)][(\(place)) % \($0)]" } ?? "[\(place)]"
            return "Shape \(text) (inputs x outputs), output by output: "
                + "\(symbol)\(element) is the one of input i for output j."
        case .asStored where !constants.isTrained: return "In the order of the index that the kernel looks up."
        case .asStored where shape.count > 1: return "Shape \(text), row by row: the last index runs fastest."
        case .asStored: return "Shape \(text): \(symbol)[i] is the one of element i."
        }
    }

    private var dimensions: String {
        guard let words = constants.words else { return "[\(constants.count)]" }
        return "[\(constants.count / words)][\(words)]"
    }

    /// All numbers as C++ lists them, each row of an array of two dimensions in braces of its own.
    private func list(_ numbers: [Int64]) -> [UInt8] {
        guard let words = constants.words else {
            return rows(numbers, of: constants.rowLength, separator: ", ", last: ",\n", indent: "    ", end: "\n")
        }
        return rows(numbers, of: words, separator: ", ", last: "},\n", indent: "    {", end: "}\n")
    }

    /// All numbers, `count` of them on one line.
    private func rows(
        _ numbers: [Int64], of count: Int, separator: String, last: String, indent: String, end: String
    ) -> [UInt8] {
        let separator = Array(separator.utf8), last = Array(last.utf8), indent = Array(indent.utf8)
        let fraction = constants.type.fraction
        let perRow = max(1, count)
        var text: [UInt8] = []
        text.reserveCapacity(numbers.count * 12)
        for (index, raw) in numbers.enumerated() {
            if index % perRow == 0 { text.append(contentsOf: indent) }
            Decimal.append(raw, fraction: fraction, to: &text)
            let isEnd = index == numbers.count - 1
            if isEnd {
                text.append(contentsOf: Array(end.utf8))
            } else {
                text.append(contentsOf: (index + 1) % perRow == 0 ? last : separator)
            }
        }
        return text
    }
}

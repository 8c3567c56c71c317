internal import Basics
internal import ONNXFormat

/// The file that an ONNX model names for its numbers.
enum ONNXDataFile {
    /// Its path from the model's folder; nil where the model has all numbers in itself, keeps them in several files, or
    /// names one that is not below its own folder: those are refused where the model is read.
    static func location(in bytes: [UInt8]) -> String? {
        // The key of the field that names it: most models have none, and need not be read twice.
        guard hasField(bytes), let model = try? ONNXMessages.model(bytes) else { return nil }
        let attributes = model.graph.node.flatMap { $0.attribute.filter(\.hasT).map(\.t) }
        var found: Set<String> = []
        for tensor in model.graph.initializer + attributes where tensor.dataLocation == 1 {
            for field in tensor.externalData where field.key == "location" { found.insert(field.value) }
        }
        guard found.count == 1, let location = found.first, !location.isEmpty, !PathText.isAbsolute(location),
            !PathText.leaves(location)
        else { return nil }
        return location
    }

    private static func hasField(_ bytes: [UInt8]) -> Bool {
        let key = Array("location".utf8)
        var start = bytes.startIndex
        while let place = bytes[start...].firstIndex(of: key[0]) {
            if bytes[place...].starts(with: key) { return true }
            start = place + 1
        }
        return false
    }
}

internal import Basics

/// What Keras 3 writes otherwise than Keras 2, as Keras 2 writes it: what reads layers meets one spelling.
enum KerasSpelling {
    /// What stands before the name of a function of `keras.ops` as an op.
    static let functions = "ops."

    /// The hard sigmoid of Keras 3, `relu6(x + 3) / 6`; that of Keras 2 is `clip(0.2 x + 0.5, 0, 1)`.
    static let hardSigmoid = "hard_sigmoid_3"

    private static let activations = ["activation", "recurrent_activation"]

    static func attributes(
        _ attributes: [String: JSONValue], of className: String, _ generation: KerasGeneration
    ) -> [String: JSONValue] {
        guard generation == .three else { return attributes }
        var result = attributes
        if className == KerasArchitecture.inputClass, let shape = result.removeValue(forKey: "batch_shape") {
            result["batch_input_shape"] = shape
        }
        // QKeras has a function of its own of that name.
        guard QKerasLayer.classes[className] == nil else { return result }
        for name in activations where result[name]?.stringValue == "hard_sigmoid" {
            result[name] = .string(hardSigmoid)
        }
        return result
    }
}

extension KerasSpelling {
    /// The name of a class as Keras writes it into paths: `Conv2DTranspose` becomes `conv2d_transpose`.
    static func snakeCase(_ className: String) -> String {
        let bytes = Array(className.utf8).filter { isUpper($0) || isLower($0) || isDigit($0) || $0 == underscore }
        var result: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            let startsWord =
                isUpper(byte) && index > 0
                && (isLower(bytes[index - 1]) || index + 1 < bytes.count && isLower(bytes[index + 1]))
            if startsWord { result.append(underscore) }
            result.append(isUpper(byte) ? byte | 0x20 : byte)
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let underscore = UInt8(ascii: "_")

    private static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
    private static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

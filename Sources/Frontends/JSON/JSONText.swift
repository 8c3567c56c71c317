internal import Basics
internal import FoundationEssentials
internal import LayerKit

/// JSON text as a value of our own; the only place that knows who parses it.
enum JSONText {
    /// Deeper nesting than this is no model file.
    private static let depthLimit = 100

    /// Reads the text of a file. Python's `NaN` and `Infinity`, which JSON does not have, are numbers here too.
    static func parse(_ bytes: [UInt8], name: String) throws(DiagnosticError) -> AttributeValue {
        guard nesting(of: bytes) <= depthLimit else {
            throw DiagnosticError(.error("'\(name)': the JSON is nested more than \(depthLimit) deep"))
        }
        let data = Data(bytes)
        let decoder = JSONDecoder()
        do {
            return try decoder.decode(Node.self, from: data).value
        } catch let strict {
            decoder.allowsJSON5 = true
            if bytes.contains(UInt8(ascii: "N")) || bytes.contains(UInt8(ascii: "I")),
                let lenient = try? decoder.decode(Node.self, from: data)
            {
                return lenient.value
            }
            throw DiagnosticError(.error("'\(name)': not valid JSON: \(reason(strict))", help: "is it complete?"))
        }
    }

    private static func reason(_ error: any Error) -> String {
        guard case DecodingError.dataCorrupted(let context) = error else { return "\(error)" }
        guard let cause = context.underlyingError else { return context.debugDescription }
        return "\(cause)"
    }

    /// The deepest nesting of brackets outside strings.
    private static func nesting(of bytes: [UInt8]) -> Int {
        var depth = 0, deepest = 0
        var inString = false, escaped = false
        for byte in bytes {
            if inString {
                if escaped {
                    escaped = false
                } else if byte == UInt8(ascii: "\\") {
                    escaped = true
                } else if byte == UInt8(ascii: "\"") {
                    inString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): inString = true
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                deepest = max(deepest, depth)
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            default: break
            }
        }
        return deepest
    }

    /// A JSON value of any kind.
    private struct Node: Decodable {
        let value: AttributeValue

        private struct Key: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            if let container = try? decoder.container(keyedBy: Key.self) {
                var fields: [String: AttributeValue] = [:]
                for key in container.allKeys {
                    fields[key.stringValue] = try container.decode(Node.self, forKey: key).value
                }
                value = .object(fields)
            } else if var container = try? decoder.unkeyedContainer() {
                var items: [AttributeValue] = []
                while !container.isAtEnd { items.append(try container.decode(Node.self).value) }
                value = .list(items)
            } else {
                let container = try decoder.singleValueContainer()
                if container.decodeNil() {
                    value = .null
                } else if let text = try? container.decode(String.self) {
                    value = .text(text)
                } else if let flag = try? container.decode(Bool.self) {
                    value = .flag(flag)
                } else {
                    value = .number(try container.decode(Double.self))
                }
            }
        }
    }
}

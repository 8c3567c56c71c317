public import Basics

extension NpyArray {
    /// Reads rows of numbers as text (`.dat`): one sample a line, numbers separated by white space, all lines of the
    /// same length; empty lines are skipped. Gives shape (rows, numbers) in double precision.
    public static func readText(_ bytes: [UInt8], name: String) throws(DiagnosticError) -> NpyArray {
        var values: [Double] = []
        var rows = 0, columns = 0
        // A number takes two bytes at least, and in memory eight and what tells it from its neighbours in a line.
        guard AddressSpace.hasRoom(for: Count.times(bytes.count, 24)) else {
            throw DiagnosticError(
                .error(
                    "'\(name)': its numbers do not fit into the memory that this process may take",
                    help: "give fewer samples at a time, or allow more address space ('ulimit -v')"))
        }
        var index = -1
        var rest = bytes[...]
        while !rest.isEmpty {
            // One line after the other: a list of all lines would take more memory than the numbers.
            let line = rest.prefix { $0 != 0x0A }
            rest = rest[line.endIndex...].dropFirst()
            index += 1
            let words = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
            if words.isEmpty { continue }
            if rows == 0 { columns = words.count }
            guard words.count == columns else {
                throw DiagnosticError(
                    .error(
                        "\(words.count) numbers in this line, \(columns) in the first",
                        at: SourceLocation(file: name, line: index + 1, column: 1)))
            }
            for word in words {
                guard let value = number(word) else {
                    let text = String(decoding: word.prefix(40), as: UTF8.self)
                    let place = SourceLocation(
                        file: name, line: index + 1, column: word.startIndex - line.startIndex + 1)
                    throw DiagnosticError(.error("'\(text)' is not a number", at: place))
                }
                values.append(value)
            }
            rows += 1
        }
        guard rows > 0, let array = NpyArray(shape: [rows, columns], values: .float64(values)) else {
            throw DiagnosticError(.error("'\(name)': no numbers in it", help: "one sample a line is expected"))
        }
        return array
    }

    /// A decimal number, correctly rounded; nil for anything else.
    private static func number(_ word: ArraySlice<UInt8>) -> Double? {
        guard word.count < 400, word.allSatisfy({ $0 < 0x80 && $0 != 0 }) else { return nil }
        return Double(String(decoding: word, as: UTF8.self))
    }
}

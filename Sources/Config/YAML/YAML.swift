public import Basics

/// Reading YAML 1.1 texts into trees that know their places.
public enum YAML {
    /// The root of the one document in `bytes`.
    ///
    /// - Parameter file: the name that diagnostics give.
    /// - Throws: what keeps the text from being one YAML document: encoding, syntax, duplicate keys, aliases without end.
    public static func parse(_ bytes: [UInt8], file: String) throws(DiagnosticError) -> Node {
        let (root, diagnostics) = try read(bytes, file: file)
        if diagnostics.isEmpty { return root }
        throw DiagnosticError(diagnostics)
    }

    /// As `parse`, but what leaves a usable tree (a key written twice) is returned beside it, so that a reader of the
    /// tree can add what else is wrong.
    static func read(_ bytes: [UInt8], file: String) throws(DiagnosticError) -> (root: Node, diagnostics: [Diagnostic])
    {
        if let problem = SourceText.problem(in: bytes, file: file) { throw DiagnosticError(problem) }
        // libyaml takes a byte order mark for text once it is told the encoding.
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        var composer = Composer(EventStream(text, file: file))
        var (root, diagnostics) = try composer.document()
        guard root != nil else {
            throw DiagnosticError(
                .error(
                    "the file is empty", at: SourceLocation(file: file, line: 1, column: 1),
                    help: "a project file has at least 'project:', 'model:' and 'part:'; 'hlsbuild init' writes one"))
        }
        root?.repairSplitTypes(&diagnostics)
        return (root ?? Node(.mapping([]), at: SourceLocation(file: file, line: 1, column: 1)), diagnostics)
    }
}

extension Node {
    /// More bytes than a type has, so that a long list behind a '<' is not put together.
    private static var longestType: Int { 100 }

    /// `{weight: fixed<8,2>}`: within braces the comma ends the value, and YAML sees a key `2>`. Says so once, and
    /// puts the type together again, so that nothing else is said about it.
    mutating func repairSplitTypes(_ diagnostics: inout [Diagnostic]) {
        switch content {
        case .scalar: return
        case .sequence(var items):
            for index in items.indices { items[index].repairSplitTypes(&diagnostics) }
            content = .sequence(items)
        case .mapping(let entries):
            var repaired: [Entry] = []
            for var entry in entries {
                if let last = repaired.last, let begun = last.value.plainText,
                    begun.utf8.count <= Self.longestType, begun.contains("<"), !begun.contains(">"),
                    entry.value.isNull, let rest = entry.key.plainText
                {
                    let whole = "\(begun),\(rest)"
                    repaired[repaired.count - 1].value.content = .scalar(Scalar(whole))
                    if rest.contains(">") {
                        diagnostics.append(
                            .error(
                                "within braces a comma ends the value: '\(begun)'", at: last.value.location,
                                help: "quote it: \"\(whole)\""))
                    }
                    continue
                }
                entry.value.repairSplitTypes(&diagnostics)
                repaired.append(entry)
            }
            content = .mapping(repaired)
        }
    }
}

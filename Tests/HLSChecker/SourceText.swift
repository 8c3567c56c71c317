/// What the preprocessor does, as far as written projects use it.
enum SourceText {
    static func withoutComments(_ text: String) -> [String] {
        var kept = ""
        var rest = text[...]
        while let slash = rest.firstIndex(of: "/") {
            kept += rest[..<slash]
            let tail = rest[slash...]
            if tail.hasPrefix("//") {
                rest = tail.drop { $0 != "\n" }
            } else if tail.hasPrefix("/*") {
                rest = tail.firstRange(of: "*/").map { tail[$0.upperBound...] } ?? ""
                kept += " "
            } else {
                kept += "/"
                rest = tail.dropFirst()
            }
        }
        return (kept + rest).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// The first line that begins with a text.
    static func line(of text: String, startingWith start: String) -> Substring? {
        if text.hasPrefix(start) { return text.prefix { $0 != "\n" } }
        guard let found = text.firstRange(of: "\n" + start) else { return nil }
        return text[text.index(after: found.lowerBound)...].prefix { $0 != "\n" }
    }

    /// The lines whose conditions hold.
    static func decided(_ lines: [String], _ macros: Set<String>) -> [String] {
        var macros = macros
        var kept: [String] = []
        var isTaken: [Bool] = []
        for line in lines {
            let words = line.split(separator: " ").map(String.init)
            switch words.first {
            case "#ifdef": isTaken.append(words.count > 1 && macros.contains(words[1]))
            case "#ifndef": isTaken.append(words.count > 1 && !macros.contains(words[1]))
            case "#if": isTaken.append(holds(line.dropFirst(3), macros))
            case "#else": if let last = isTaken.popLast() { isTaken.append(!last) }
            case "#endif": _ = isTaken.popLast()
            default:
                guard !isTaken.contains(false) else { continue }
                if words.first == "#define", words.count > 1 { macros.insert(words[1]) }
                kept.append(line)
            }
        }
        return kept
    }

    private static func holds(_ condition: some StringProtocol, _ macros: Set<String>) -> Bool {
        condition.split(separator: "&&").allSatisfy { part in
            let isNegated = part.contains("!")
            let name = Cpp.names(String(part)).last ?? ""
            return macros.contains(name) != isNegated
        }
    }

    /// Pragmas that claim independence without a line above that says why.
    static func bareDependences(_ text: String) -> [String] {
        guard text.contains("DEPENDENCE") || text.contains("dependence") else { return [] }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return lines.indices.filter { index in
            let words = lines[index].lowercased().split { $0 == " " || $0 == "=" }
            guard words.first == "#pragma", words.contains("dependence"), words.contains("false") else { return false }
            let above = index > 0 ? lines[index - 1].firstRange(of: "// disjoint: ") : nil
            return above.map { lines[index - 1][$0.upperBound...].isEmpty } ?? true
        }.map { lines[$0] }
    }
}

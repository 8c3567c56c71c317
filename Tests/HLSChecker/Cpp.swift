/// As much of C++ as the rules need.
enum Cpp {
    static func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber || character == "_" }

    /// The identifiers and numbers of a text.
    static func names(_ text: String) -> [String] { text.split { !isWord($0) }.map(String.init) }

    /// A text cut at `separator` where no bracket is open.
    static func split(_ text: some StringProtocol, at separator: Character) -> [String] {
        var parts = [""]
        var depth = 0
        for character in text {
            if "<([{".contains(character) { depth += 1 }
            if ">)]}".contains(character) { depth = max(0, depth - 1) }
            if character == separator, depth == 0 {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts
    }

    /// What stands between the bracket at `open` and its partner.
    static func inside(_ text: Substring, from open: String.Index) -> Substring? {
        guard open < text.endIndex, let partner = ["(": ")", "[": "]", "<": ">"][text[open]] else { return nil }
        var depth = 0
        for index in text.indices[open...] {
            if text[index] == text[open] { depth += 1 }
            if String(text[index]) == partner {
                depth -= 1
                if depth == 0 { return text[text.index(after: open)..<index] }
            }
        }
        return nil
    }

    /// A header without `template <...>` in front.
    static func withoutTemplate(_ header: String) -> String {
        var rest = header[...]
        while rest.hasPrefix("template") {
            guard let open = rest.firstIndex(of: "<"), let inside = inside(rest, from: open) else { break }
            rest = rest[inside.endIndex...].dropFirst().drop { $0 == " " }
        }
        return String(rest)
    }

    /// The parameters of `template <class T, unsigned N>`: `T`, `N`.
    static func templateParameters(_ header: String) -> [String] {
        guard header.hasPrefix("template"), let open = header.firstIndex(of: "<"),
            let inside = inside(header[...], from: open)
        else { return [] }
        let later = templateParameters(String(header[inside.endIndex...].dropFirst().drop { $0 == " " }))
        return split(inside, at: ",").compactMap { names(String($0.prefix { $0 != "=" })).last } + later
    }

    /// `table_position` of `template <class X> struct table_position`.
    static func structName(_ header: String) -> String {
        let plain = withoutTemplate(header)
        guard let word = plain.firstRange(of: "struct ") else { return "" }
        return names(String(plain[word.upperBound...])).first ?? ""
    }

    /// The argument list of a function's header.
    static func arguments(_ header: String) -> [String] {
        let plain = withoutTemplate(header)
        guard let open = plain.firstIndex(of: "("), let list = inside(plain[...], from: open) else { return [] }
        return split(list, at: ",").map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }

    /// The names of a function's parameters.
    static func parameters(_ header: String) -> [String] {
        arguments(header).compactMap { names(String($0.prefix { $0 != "[" })).last }
    }

    /// The texts in square brackets behind a declared name: `[4][6]` gives both.
    static func dimensions(_ declaration: String) -> [String] {
        var rest = declaration.prefix { $0 != "=" }
        var found: [String] = []
        while let open = rest.firstIndex(of: "["), let inside = inside(rest, from: open) {
            found.append(String(inside))
            rest = rest[inside.endIndex...].dropFirst()
        }
        return found
    }

    /// Calls in a text: the name in front of each parenthesis, template arguments left out, and the arguments.
    static func calls(_ text: String) -> [(name: String, isTemplate: Bool, arguments: [String], start: String.Index)] {
        text.indices.filter { text[$0] == "(" }.compactMap { open in
            var front = text[..<open]
            let isTemplate = front.last == ">"
            if isTemplate { front = withoutBrackets(front) }
            let name = front.reversed().prefix(while: isWord)
            guard let inside = inside(text[...], from: open), name.last?.isNumber == false else { return nil }
            let start = text.index(front.endIndex, offsetBy: -name.count)
            return (String(String(name).reversed()), isTemplate, split(inside, at: ","), start)
        }
    }

    /// `f<A, B<C>>` without what stands in brackets at its end.
    private static func withoutBrackets(_ text: Substring) -> Substring {
        var depth = 0
        for index in text.indices.reversed() {
            if text[index] == ">" { depth += 1 }
            if text[index] == "<" { depth -= 1 }
            if depth == 0 { return text[..<index] }
        }
        return text
    }

    /// Subscripts in a text: the array's name and the index, for each of its dimensions.
    static func subscripts(_ text: String) -> [(array: String, index: String)] {
        text.indices.filter { text[$0] == "[" }.compactMap { open in
            var front = text[..<open]
            while front.last == "]", let other = front.lastIndex(of: "[") { front = front[..<other] }
            let name = String(front.reversed().prefix(while: isWord).reversed())
            guard !name.isEmpty, let inside = inside(text[...], from: open) else { return nil }
            return (name, String(inside))
        }
    }
}

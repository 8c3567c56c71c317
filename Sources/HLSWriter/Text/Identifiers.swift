/// Gives out names that C++, Verilog and VHDL take, derived from what the user wrote: the same name gives the same
/// identifier whatever else is in the design, unless two collide.
///
/// VHDL does not tell upper from lower case, so two names that differ only there collide as well.
struct Identifiers {
    /// The most characters of an identifier, however short the project's name is.
    static let longest = 56
    /// The most characters of a symbol: `config_compile -name_max_length 80` cuts what is longer.
    static let longestSymbol = 79
    /// The most characters of what stands behind an identifier in a symbol: `_recurrent_weight`.
    static let longestSuffix = 20
    /// The most characters of a project's name: what it leaves to an identifier holds a fingerprint and a word.
    static let longestProject = longestSymbol - 1 - longestSuffix - 16

    /// The most characters of an identifier, such that the symbols behind the project's name are not cut.
    let limit: Int

    /// What stands in front of an identifier in a symbol.
    private let prefix: String
    private var taken: Set<String>
    /// What is given out, as it is spelt: the preprocessor does tell upper from lower case.
    private var given: Set<String> = []
    private var macros: Set<String>

    /// - Parameters:
    ///   - project: the project's name, with which all symbols begin.
    ///   - reserved: names that the project uses itself.
    ///   - macros: those that it defines.
    init(project: String, reserved: [String], macros: [String] = []) {
        prefix = project + "_"
        limit = min(Self.longest, Self.longestSymbol - Self.longestSuffix - prefix.utf8.count)
        taken = Set(reserved.map { $0.lowercased() })
        self.macros = Set(macros)
    }

    /// The identifier for `name` such that it and its derivations with all `suffixes` are new, by themselves as
    /// variables and behind the project's name as symbols; all are taken then.
    ///
    /// - Parameter macros: those that are defined for an identifier.
    mutating func claim(_ name: String, suffixes: [String] = [], macros made: (String) -> [String] = { _ in [] })
        -> String
    {
        claim(legal: Self.sanitized(name, longest: limit), suffixes: suffixes, macros: made)
    }

    /// As `claim`, of a name that needs no other form.
    mutating func claim(
        legal base: String, suffixes: [String] = [], macros made: (String) -> [String] = { _ in [] }
    ) -> String {
        var candidate = base
        var count = 1
        func forms() -> [String] {
            [candidate, prefix + candidate].flatMap { form in [form] + suffixes.map { form + $0 } }
        }
        while !isFree(forms(), made(candidate)) {
            count += 1
            candidate = "\(base)_\(count)"
        }
        given.formUnion(forms())
        taken.formUnion(forms().map { $0.lowercased() })
        macros.formUnion(made(candidate))
        return candidate
    }

    private func isFree(_ forms: [String], _ made: [String]) -> Bool {
        forms.allSatisfy { !taken.contains($0.lowercased()) && !macros.contains($0) }
            && made.allSatisfy { !macros.contains($0) && !given.contains($0) }
    }

    /// Letters, digits and single underscores in between; no keyword; at most `longest` characters.
    static func sanitized(_ name: String, longest: Int = longest) -> String {
        var bytes: [UInt8] = []
        for byte in name.utf8 {
            let isWord =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            if isWord {
                bytes.append(byte)
            } else if bytes.last != UInt8(ascii: "_"), !bytes.isEmpty {
                bytes.append(UInt8(ascii: "_"))
            }
        }
        while bytes.last == UInt8(ascii: "_") { bytes.removeLast() }
        var text = String(decoding: bytes, as: UTF8.self)
        if let first = bytes.first, (48...57).contains(first) { text = "layer_" + text }
        if text.isEmpty { text = "layer" }
        if text.utf8.count > longest { text = String(text.prefix(longest - 9)) + "_" + fingerprint(name) }
        return ReservedWords.hold(text) ? text + "_layer" : text
    }

    /// FNV-1a over the whole name, 8 hexadecimal digits: tells apart long names with a common beginning.
    private static func fingerprint(_ name: String) -> String {
        var hash: UInt32 = 2_166_136_261
        for byte in name.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}

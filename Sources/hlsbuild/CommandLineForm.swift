/// The command line brought into the one form that the argument parser reads: the verb first, then options.
///
/// People write `hlsbuild -f x.yml predict ...` and `hlsbuild csim -j 4`; options may stand anywhere, the verb `build`
/// may be left out, and `-B` takes a stage or nothing.
struct CommandLineForm {
    /// Options of the whole program that are followed by a value.
    private static let valued: Set<String> = ["-C", "-f", "-j", "--set", "--file", "--directory", "--jobs"]

    let verb: String
    let arguments: [String]

    init(_ words: [String], verbs: Set<String>, stages: Set<String>) {
        var rest: [String] = []
        var verb: String?
        var index = 0
        while index < words.count {
            let word = words[index]
            index += 1
            if word == "--" {
                rest += words[(index - 1)...]
                break
            }
            if verb == nil, verbs.contains(word) {
                verb = word
                continue
            }
            if verb == nil, !word.hasPrefix("-") || word == "-" {
                // The first word that is no option and no verb: a stage, so the verb is `build`.
                verb = "build"
            }
            if verb == nil || verb == "build", word == "-B" || word == "--force" {
                if index < words.count, stages.contains(words[index]) {
                    rest += ["--force-stage", words[index]]
                    index += 1
                } else {
                    rest.append("--force-all")
                }
                continue
            }
            rest.append(word)
            if Self.valued.contains(word), index < words.count {
                rest.append(words[index])
                index += 1
            }
        }
        let asksForHelp = verb == nil && rest.contains { ["-h", "--help", "--version", "help"].contains($0) }
        self.verb = verb ?? (asksForHelp ? "" : "build")
        arguments = rest
    }

    /// What the argument parser is handed.
    var words: [String] { (verb.isEmpty ? [] : [verb]) + arguments }
}

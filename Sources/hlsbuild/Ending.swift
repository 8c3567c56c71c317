import ArgumentParser
import Basics
import Glibc

/// How the program ends; other programs rely on it.
enum ExitStatus: Int32, Error {
    case done = 0
    /// A stage failed or an expectation was not met.
    case failed = 1
    /// The command line, the project file or the model is wrong.
    case usage = 2
    /// A tool is missing or unusable.
    case unavailable = 3
    /// A tool is missing without which a release cannot be checked in full; what could be checked is right.
    case unchecked = 4
    case interrupted = 130
}

/// The last words of the program.
enum Ending {
    /// Ends the process. What was printed has to have reached its reader, unless the reader has gone away.
    static func end(_ status: ExitStatus) -> Never {
        // What libraries printed by their own means.
        fflush(nil)
        let failure = Terminal.failure
        if failure != 0 {
            let reason = String(cString: strerror(failure))
            Terminal.show(.error("cannot write to standard output: \(reason)"))
            exit(status == .done ? ExitStatus.failed.rawValue : status.rawValue)
        }
        exit(status.rawValue)
    }

    /// Ends with what is wrong with the command line.
    static func mistake(_ diagnostic: Diagnostic) -> Never {
        Terminal.tell(diagnostic)
        end(.usage)
    }

    /// Ends by whatever a command threw.
    static func end(by error: any Error, verb: String) -> Never {
        switch error {
        case let status as ExitStatus: end(status)
        case let error as DiagnosticError:
            error.diagnostics.forEach(Terminal.tell)
            end(.usage)
        case let error as FileError:
            Terminal.tell(error.diagnostic)
            end(.failed)
        case is CancellationError: end(.interrupted)
        default: parserStopped(error, verb: verb)
        }
    }

    /// Ends by the argument parser's own errors, its help or its version. Its exit codes are not ours, nor is its way of
    /// putting an error.
    static func parserStopped(_ error: any Error, verb: String) -> Never {
        if HLSBuild.exitCode(for: error).isSuccess {
            Terminal.writeOut(HLSBuild.fullMessage(for: error) + "\n")
            end(.done)
        }
        mistake(ParserMessage(HLSBuild.message(for: error), verb: verb).diagnostic)
    }
}

/// An error text of the argument parser in our own form.
struct ParserMessage {
    let diagnostic: Diagnostic

    init(_ text: String, verb: String) {
        var message = text
        while message.last == "." || message.last == "\n" { message.removeLast() }
        var help = "'hlsbuild \(verb.isEmpty ? "" : verb + " ")--help' lists what can be written"
        if let question = message.range(of: " Did you mean '"), message.ends(with: "'?") {
            let word = message[question.upperBound...].dropLast(2)
            let before = message[..<question.lowerBound]
            message = String(before.last == "." ? before.dropLast() : before)
            // The parser names something in any case, however far it is from what was written.
            let written = message.parts(at: "'").dropFirst().first ?? ""
            if Spelling.nearest(to: written.withoutHyphens, in: [String(word).withoutHyphens]) != nil {
                help = "did you mean '\(word)'? " + help
            }
        }
        if let choices = message.range(of: ". Please provide ") {
            help = "write " + message[choices.upperBound...] + "; " + help
            message = String(message[..<choices.lowerBound])
        }
        if let first = message.first, message.dropFirst().first?.isLowercase == true {
            message = first.lowercased() + message.dropFirst()
        }
        diagnostic = .error(message, help: help)
    }
}

extension String {
    fileprivate var withoutHyphens: String { String(drop { $0 == "-" }) }

    fileprivate func range(of part: String) -> Range<String.Index>? { firstRange(of: part) }
}

extension CommandLineForm.Mistake {
    var diagnostic: Diagnostic {
        switch self {
        case .missingValue(let option):
            .error(
                "a value is missing behind '\(option)'", help: "'hlsbuild --help' lists the options and their values")
        }
    }
}

extension CommandLineForm {
    /// The error for words that should be stages and are none; nil if there are no such words.
    func unknownStages() -> Diagnostic? {
        guard verb == "build" else { return nil }
        let unknown = words.compactMap { word -> String? in
            if case .plain(let text) = word, !stages.contains(text) { return text }
            return nil
        }
        guard let first = unknown.first else { return nil }
        if verbs.contains(first) {
            return .error("'\(first)' is a command, not a stage", help: "write it first: 'hlsbuild \(first)'")
        }
        let near = Spelling.nearest(to: first, in: stages + verbs).map { "did you mean '\($0)'? " } ?? ""
        return .error(
            "there is no stage or command '\(first)'",
            help: near + "the stages are \(stages.joined(separator: ", ")); 'hlsbuild help' lists the commands")
    }
}

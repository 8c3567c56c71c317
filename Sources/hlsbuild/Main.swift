import ArgumentParser
import Basics
import Glibc
import Stages

/// The program.
///
/// A build with nothing to do is answered before anything else is set up: the argument parser, and the threads of
/// asynchronous code, cost more than the whole answer.
@main struct Main {
    static func main() {
        // A reader that goes away (`| head`) is no reason to die within a build and leave compilers running.
        signal(SIGPIPE, SIG_IGN)
        if let fault = GivenWords.fault() { Ending.mistake(fault) }
        answerShells()
        var form: CommandLineForm
        do throws(CommandLineForm.Mistake) {
            form = try CommandLineForm(
                Array(CommandLine.arguments.dropFirst()), verbs: HLSBuild.verbs, stages: Road.names)
        } catch {
            Ending.mistake(error.diagnostic)
        }
        form = ProjectSearch.completed(form)
        if QuietBuild.answer(form) { Ending.end(.done) }
        if let fault = Memory.fault { Ending.mistake(fault) }
        if let unknown = form.unknownStages() { Ending.mistake(unknown) }
        run(form)
    }

    /// Completions, and what `make install` writes.
    private static func answerShells() {
        let words = Array(CommandLine.arguments.dropFirst())
        guard words.first?.begins(with: "--") == true else { return }
        do {
            if try CompletionScript.answer(words) { Ending.end(.done) }
        } catch {
            Ending.end(by: error, verb: "")
        }
    }

    private static func run(_ form: CommandLineForm) -> Never {
        let command: any ParsableCommand
        do {
            command = try HLSBuild.parseAsRoot(form.arguments)
        } catch {
            Ending.parserStopped(error, verb: form.verb)
        }
        Task {
            do {
                var command = command
                if var asynchronous = command as? any AsyncParsableCommand {
                    try await asynchronous.run()
                } else {
                    try command.run()
                }
                Ending.end(.done)
            } catch {
                Ending.end(by: error, verb: form.verb)
            }
        }
        while true { pause() }
    }
}

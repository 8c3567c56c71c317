internal import Glibc

/// How a program ended and what it printed.
package struct Ended: Equatable, Sendable {
    /// The exit status; 128 and the number of the signal if one ended it, as a shell has it.
    package var status: Int32
    package var signal: Int32?
    package var output: String
    package var errors: String

    package init(status: Int32, signal: Int32? = nil, output: String = "", errors: String = "") {
        self.status = status
        self.signal = signal
        self.output = output
        self.errors = errors
    }
}

/// A program and how it is to be run.
package struct Command: Sendable {
    /// What a program gets that needs nothing of the user's own environment.
    package static let plainEnvironment = [
        "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C",
    ]

    package var path: String
    package var arguments: [String]
    /// The working folder; nil: that of the tests.
    package var folder: String?
    /// The whole environment; nil: that of the tests.
    package var environment: [String: String]?
    /// Where its standard output goes instead of being kept.
    package var output: String?

    package init(
        _ path: String, _ arguments: [String] = [], in folder: String? = nil, environment: [String: String]? = nil,
        output: String? = nil
    ) {
        self.path = path
        self.arguments = arguments
        self.folder = folder
        self.environment = environment
        self.output = output
    }

    /// A line of shell.
    package static func shell(_ line: String, in folder: String? = nil, environment: [String: String]? = nil) -> Command
    {
        Command("/bin/sh", ["-c", line], in: folder, environment: environment)
    }

    /// Starts the program, in a process group of its own.
    package func start() async throws -> RunningProgram {
        // What was written a moment ago cannot be run while a process that another test has just made still holds it
        // open.
        for _ in 0..<1000 {
            if let program = try RunningProgram(self) { return program }
            try await Task.sleep(for: .milliseconds(2))
        }
        throw TestFailure("\(path) is busy all the time")
    }

    /// Runs the program to its end; no thread is blocked meanwhile.
    package func run() async throws -> Ended {
        await Slots.programs.take()
        let result: Result<Ended, any Error>
        do { result = .success(try await start().wait()) } catch { result = .failure(error) }
        await Slots.programs.give()
        return try result.get()
    }

    /// The same for what must succeed.
    @discardableResult
    package func works() async throws -> Ended {
        let ended = try await run()
        guard ended.status == 0 else {
            let words = ([path] + arguments).joined(separator: " ")
            throw TestFailure("\(words)\nends with \(ended.status): \(ended.output)\(ended.errors)")
        }
        return ended
    }
}

/// What a line of shell prints, both streams as one, and how it ends.
package func shell(_ line: String) async throws -> (output: String, status: Int32) {
    let ended = try await Command.shell("exec 2>&1; " + line).run()
    return (ended.output, ended.status)
}

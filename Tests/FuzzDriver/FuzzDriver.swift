import Basics
import Glibc
import TestSupport

/// Tries what every reader makes of inputs that nobody wrote: `make fuzz`.
///
/// `FuzzDriver COUNT SEED FOLDER [FORMAT ...]`: so many inputs of each format (or of those that are named), the same for
/// the same seed. What ends a worker by a signal, takes more than ten seconds of a processor (or two minutes by the
/// clock) or more than a gibibyte of address space is kept in the folder. Exit status 0 where there is nothing of that
/// kind, else 1.
///
/// `FuzzDriver worker FORMAT SEED FIRST END FILE`: the process that reads; it tells how far it is in the file.
/// `FuzzDriver one FORMAT FILE BYTES`: reads one file within so many bytes of address space; 0: without a limit.
///
/// With HLSBUILD_SANITIZED in the environment, as a program with a sanitizer in it needs it, address space is not limited,
/// and what the sanitizer reports lies in the folder as `report.PROCESS`: each one a finding, unless it is the HDF5
/// library's in its own process.
@main
struct FuzzDriver {
    static func main() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        switch (words.first, words.count) {
        case ("worker", 6):
            guard let format = format(words[1]), let seed = UInt64(words[2]), let first = Int(words[3]),
                let end = Int(words[4]), first <= end
            else { exit(2) }
            exit(Worker.work(Mutator(format: format, seed: seed), first..<end, progress: words[5]))
        case ("one", 4):
            guard let format = format(words[1]), let memory = Int(words[3]) else { exit(2) }
            exit(Worker.one(format, words[2], memory: memory == 0 ? nil : memory))
        default:
            guard words.count >= 3, let count = Int(words[0]), let seed = UInt64(words[1]), count >= 0 else { exit(2) }
            let names = words.count > 3 ? Array(words[3...]) : Format.all.map(\.name)
            exit(try await run(count, seed, words[2], names) ? 0 : 1)
        }
    }

    private static func format(_ name: String) -> Format? {
        (Format.all + [.faulty]).first { $0.name == name }
    }

    /// All formats one after the other, and the table at the end; true where nothing was found.
    private static func run(_ count: Int, _ seed: UInt64, _ folder: String, _ names: [String]) async throws -> Bool {
        try Files.makeDirectories(folder)
        let processors = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        var rows: [[String]] = []
        var all = Campaign.Tally()
        for name in names {
            guard let format = format(name) else {
                print("there is no format '\(name)': \(Format.all.map(\.name).joined(separator: ", "))")
                exit(2)
            }
            guard !format.seeds.isEmpty, format.seeds.allSatisfy({ !$0.isEmpty }) else {
                throw TestFailure("a seed of '\(name)' is not there")
            }
            let start = ContinuousClock.now
            let tally = try await Campaign(
                format: name, mutator: Mutator(format: format, seed: seed), count: count, jobs: processors,
                folder: folder
            ).run()
            let seconds = Int((ContinuousClock.now - start) / .seconds(1))
            rows.append(row(name, tally, seconds))
            print(rows[rows.count - 1].joined(separator: "  "))
            // Who reads the log of a run that goes on, or was ended, sees every row that is there.
            fflush(nil)
            all = all + tally
        }
        let head = ["format", "inputs", "refused", "accepted", "signals", "hangs", "beyond 1 GiB", "slowest", "time"]
        print("\n" + table([head] + rows))
        let reports = try SanitizerReports(folder: folder)
        if reports.ofLibrary > 0 {
            print("\(reports.ofLibrary) files found a fault of the HDF5 library, in its own process: they are refused")
        }
        if !reports.own.isEmpty { print("faults lie in \(folder): \(reports.own.joined(separator: ", "))") }
        return all.findings.isEmpty && reports.own.isEmpty
    }

    private static func row(_ name: String, _ tally: Campaign.Tally, _ seconds: Int) -> [String] {
        [
            name, "\(tally.tried)", "\(tally.refused)", "\(tally.accepted)", "\(tally.count(.signal))",
            "\(tally.count(.hang))", "\(tally.count(.memory))", "\(tally.slowest / 1000) ms (\(tally.slowestInput))",
            "\(seconds) s",
        ]
    }

    private static func table(_ rows: [[String]]) -> String {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}

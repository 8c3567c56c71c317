import Basics
import Glibc
import TestSupport

/// Tries the inputs of one format in processes of their own, and keeps what brings one down.
struct Campaign: Sendable {
    let format: String
    let mutator: Mutator
    let count: Int
    /// How many processes work at once.
    let jobs: Int
    /// Where findings are kept.
    let folder: String

    /// What became of an input that the worker did not survive.
    enum Kind: String, Sendable {
        case signal, hang
        /// It is read with more memory.
        case memory
    }

    struct Finding: Sendable {
        var number: Int
        var kind: Kind
        /// What was kept of it.
        var bytes: [UInt8]
    }

    struct Tally: Sendable {
        var tried = 0
        var accepted = 0
        var refused = 0
        /// Microseconds.
        var slowest = 0
        var slowestInput = 0
        var findings: [Finding] = []

        func count(_ kind: Kind) -> Int { findings.count { $0.kind == kind } }

        static func + (left: Tally, right: Tally) -> Tally {
            var sum = left
            sum.tried += right.tried
            sum.accepted += right.accepted
            sum.refused += right.refused
            if right.slowest > sum.slowest { (sum.slowest, sum.slowestInput) = (right.slowest, right.slowestInput) }
            sum.findings += right.findings
            return sum
        }
    }

    /// Inputs that a worker reads before another one takes over: so few that on a busy machine, too, it has ended before
    /// whoever waits for it takes it for one that hangs.
    private static let share = 200
    /// More findings of a format say nothing new.
    private static let most = 20
    /// What an input may take before its reader is held to be without a limit, not to be above it.
    private static let plenty = 6 << 30

    func run() async throws -> Tally {
        let jobs = jobs
        return try await withThrowingTaskGroup(of: Tally.self) { group in
            for job in 0..<jobs {
                group.addTask {
                    var tally = Tally()
                    for start in stride(from: job * Self.share, to: count, by: jobs * Self.share) {
                        guard tally.findings.count < Self.most else { break }
                        tally = tally + (try await work(start..<min(count, start + Self.share), job))
                    }
                    return tally
                }
            }
            return try await group.reduce(Tally()) { $0 + $1 }
        }
    }

    /// A worker on a range, and another one behind whatever brings it down.
    private func work(_ range: Range<Int>, _ job: Int) async throws -> Tally {
        var tally = Tally()
        var first = range.lowerBound
        while first < range.upperBound, tally.findings.count < Self.most {
            let path = folder + "/.progress-\(format)-\(job)"
            unlink(path)
            let ended = try await start(["worker", format, "\(mutator.seed)", "\(first)", "\(range.upperBound)", path])
            let progress = try Progress(path: path)
            unlink(path)
            tally.accepted += progress.accepted
            tally.refused += progress.refused
            if progress.slowest > tally.slowest {
                (tally.slowest, tally.slowestInput) = (progress.slowest, progress.slowestInput)
            }
            guard let signal = ended.signal else {
                guard ended.status == 0 else { throw TestFailure("a worker ends with \(ended.status)") }
                break
            }
            tally.findings.append(try await finding(progress.current, signal))
            first = progress.current + 1
        }
        tally.tried = tally.accepted + tally.refused + tally.findings.count
        return tally
    }

    /// Keeps an input, made as small as goes with the same fault.
    private func finding(_ number: Int, _ signal: Int32) async throws -> Finding {
        var bytes = mutator.input(number)
        let path = folder + "/\(format)-\(number)"
        try Files.write(bytes, to: path)
        let kind: Kind
        if Worker.alarms.contains(signal) {
            kind = .hang
        } else {
            let isLimited = Worker.memory != nil
            let needsMemory = isLimited ? try await ends(path, memory: Self.plenty) : false
            kind = needsMemory ? .memory : .signal
            bytes = try await Shrinking(bytes) { candidate in
                try Files.write(candidate, to: path)
                if try await ends(path, memory: Worker.memory) { return false }
                guard isLimited else { return true }
                return try await ends(path, memory: Self.plenty) == needsMemory
            }.smallest()
        }
        unlink(path)
        try Files.write(bytes, to: path + "." + kind.rawValue)
        print("\(format) \(number): \(kind.rawValue) (signal \(signal)), \(bytes.count) bytes kept")
        return Finding(number: number, kind: kind, bytes: bytes)
    }

    /// Whether a process that reads the file ends by itself.
    private func ends(_ path: String, memory: Int?) async throws -> Bool {
        try await start(["one", format, path, "\(memory ?? 0)"]).signal == nil
    }

    private func start(_ words: [String]) async throws -> Ended {
        let program = try FileLink.target(of: "/proc/self/exe")
        var quiet = Command.plainEnvironment.merging(["SWIFT_BACKTRACE": "enable=no"]) { _, new in new }
        if Worker.isSanitized {
            quiet["HLSBUILD_SANITIZED"] = "1"
            // A report ends the process, also that of the HDF5 library, whose end is no finding: reports are kept.
            let common = "abort_on_error=1:halt_on_error=1:log_path=\(folder)/report"
            quiet["ASAN_OPTIONS"] = common + ":detect_leaks=0:allocator_may_return_null=1:quarantine_size_mb=16"
            quiet["UBSAN_OPTIONS"] = common + ":print_stacktrace=1"
        }
        return try await Command(program, words, environment: quiet).run()
    }
}

/// Makes an input smaller as long as something holds of it: pieces are left out, large ones first.
struct Shrinking {
    private var bytes: [UInt8]
    private let holds: ([UInt8]) async throws -> Bool
    private var tries = 300

    init(_ bytes: [UInt8], _ holds: @escaping ([UInt8]) async throws -> Bool) {
        self.bytes = bytes
        self.holds = holds
    }

    func smallest() async throws -> [UInt8] {
        var best = bytes, left = tries
        var size = max(1, best.count / 2)
        while left > 0 {
            var at = 0, found = false
            while at < best.count, left > 0 {
                var candidate = best
                candidate.removeSubrange(at..<min(best.count, at + size))
                left -= 1
                if try await holds(candidate) {
                    best = candidate
                    found = true
                } else {
                    at += size
                }
            }
            if size == 1, !found { break }
            size = max(1, size / 2)
        }
        return best
    }
}

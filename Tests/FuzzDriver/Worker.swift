import Basics
import Glibc
import TestSupport

/// What a worker tells while it works, in memory that outlives it: it may be gone at any input.
struct Progress {
    /// The input that is being read.
    var current = 0
    var accepted = 0
    var refused = 0
    /// The longest that one input took, in microseconds, and which it was.
    var slowest = 0
    var slowestInput = 0

    private static let fields = 5

    init(path: String) throws {
        let bytes = try Files.read(path)
        guard bytes.count == 8 * Self.fields else { return }
        let all = bytes.withUnsafeBytes { buffer in
            (0..<Self.fields).map { buffer.loadUnaligned(fromByteOffset: 8 * $0, as: Int.self) }
        }
        (current, accepted, refused, slowest, slowestInput) = (all[0], all[1], all[2], all[3], all[4])
    }

    /// The fields as memory that is also the file.
    static func shared(_ path: String) -> UnsafeMutablePointer<Int>? {
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0, ftruncate(file, off_t(8 * fields)) == 0 else { return nil }
        defer { close(file) }
        let place = mmap(nil, 8 * fields, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
        guard let place, place != MAP_FAILED else { return nil }
        return place.bindMemory(to: Int.self, capacity: fields)
    }
}

/// The process that reads inputs, within limits; another one looks at how it ends.
enum Worker {
    /// Bytes of address space; nil where a sanitizer, whose own tables take terabytes of it, watches.
    static let memory: Int? = isSanitized ? nil : 1 << 30
    /// Whether this program was built with a sanitizer: `make fuzz SANITIZE=address` says so.
    static let isSanitized = getenv("HLSBUILD_SANITIZED") != nil
    /// Seconds of processor time for one input, which a busy machine does not stretch.
    static let patience = 10
    /// Seconds in which it is over on any machine, also where it waits for what never comes.
    static let longest = 120
    /// What ends a worker that takes longer.
    static let alarms = [SIGPROF, SIGALRM]

    /// Reads the inputs of a range of numbers, one after the other.
    static func work(_ mutator: Mutator, _ range: Range<Int>, progress path: String) -> Int32 {
        guard let progress = Progress.shared(path) else { return 3 }
        limit(memory: memory)
        for number in range {
            progress[0] = number
            // Made anew for another number only if the input had been read: a change of the seeds changes all.
            let bytes = mutator.input(number)
            watch()
            let start = ContinuousClock.now
            let accepted = reads(mutator.format, bytes)
            let time = Int((ContinuousClock.now - start) / .microseconds(1))
            progress[accepted ? 1 : 2] += 1
            if time > progress[3] { (progress[3], progress[4]) = (time, number) }
        }
        return 0
    }

    /// Reads one file; gives 0 where it was accepted and 1 where it was refused.
    static func one(_ format: Format, _ path: String, memory: Int?) -> Int32 {
        guard let bytes = try? Files.read(path) else { return 3 }
        limit(memory: memory)
        watch()
        return reads(format, bytes) ? 0 : 1
    }

    private static func reads(_ format: Format, _ bytes: [UInt8]) -> Bool {
        do { try format.read(bytes) } catch { return false }
        return true
    }

    /// Alarms end the process where an input takes longer than anybody waits.
    private static func watch() {
        for (timer, seconds) in [(ITIMER_PROF, patience), (ITIMER_REAL, longest)] {
            var time = itimerval()
            time.it_value.tv_sec = seconds
            setitimer(__itimer_which_t(timer.rawValue), &time, nil)
        }
    }

    private static func limit(memory: Int?) {
        if let memory {
            var space = rlimit(rlim_cur: rlim_t(memory), rlim_max: rlim_t(memory))
            setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &space)
        }
        var core = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &core)
    }
}

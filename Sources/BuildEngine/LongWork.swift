internal import Basics
internal import Glibc
internal import Synchronization

/// How far a long step is.
public struct StepProgress: Hashable, Sendable {
    public let stage: StageIdentity
    public let label: String
    /// Whole percents.
    public let percent: Int
    /// What it is at, in a few words; may be empty.
    public let text: String

    public init(stage: StageIdentity, label: String, percent: Int, text: String) {
        self.stage = stage
        self.label = label
        self.percent = percent
        self.text = text
    }

    /// The progress on one line, for people.
    public var line: String { text.isEmpty ? "\(percent) %" : "\(percent) %  \(text)" }
}

/// What a long step that is at work has to do with the build around it.
public final class LongWork: Sendable {
    private struct Told: Hashable {
        var percent: Int
        var text: String
    }

    private let isCancelled = Atomic<Bool>(false)
    private let told = Mutex<Told?>(nil)
    private let tell: @Sendable (Int, String) -> Void

    /// - Parameter tell: hears the percents and the text when one of them has changed.
    init(_ tell: @escaping @Sendable (Int, String) -> Void) { self.tell = tell }

    /// For tests of steps: nobody hears of the progress, and nobody cancels.
    public convenience init() { self.init { _, _ in } }

    /// Says that so many parts of all are done. Cheap enough for every turn of a loop.
    ///
    /// - Throws: `CancellationError` if the build was cancelled: then the step is to end.
    public func progress(_ done: Int, of all: Int, _ text: String = "") throws {
        try checkCancellation()
        let now = Told(percent: all > 0 ? Int(100 * Double(min(max(done, 0), all)) / Double(all)) : 0, text: text)
        let isNew = told.withLock { told in
            defer { told = now }
            return told != now
        }
        if isNew { tell(now.percent, text) }
    }

    public func checkCancellation() throws {
        if isCancelled.load(ordering: .relaxed) { throw CancellationError() }
    }

    /// Runs `body` in a thread of its own: the threads that all tasks share are few, and nobody else's work is to wait
    /// for it. When the calling task is cancelled, the work is told.
    func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let job = Job { continuation.resume(with: Swift.Result { try body() }) }
                if !job.start() {
                    continuation.resume(throwing: DiagnosticError(.error("the system gives no further thread")))
                }
            }
        } onCancel: {
            isCancelled.store(true, ordering: .relaxed)
        }
    }
}

/// Something to do in a thread of its own.
private final class Job: Sendable {
    private let body: @Sendable () -> Void

    /// As much as the first thread of a program has.
    private static let stack = 8 << 20

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }

    /// Whether there is such a thread now.
    func start() -> Bool {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, Self.stack)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(self)
        let result = pthread_create(
            &thread, &attributes,
            { pointer in
                if let pointer { Unmanaged<Job>.fromOpaque(pointer).takeRetainedValue().body() }
                return nil
            }, argument.toOpaque())
        if result != 0 { argument.release() }
        return result == 0
    }
}

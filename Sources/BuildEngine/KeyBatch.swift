internal import Basics

/// Asks a cache for keys, many at once: those that come while an answer is waited for make the next question.
actor KeyBatch {
    private let cache: any ResultCache
    private var waiting: [Digest: [CheckedContinuation<[UInt8]?, any Error>]] = [:]
    private var isAsking = false

    init(_ cache: any ResultCache) { self.cache = cache }

    /// How many keys the next question will have.
    var next: Int { waiting.count }

    /// The record under the key; nil if there is none.
    func record(for key: Digest) async throws -> [UInt8]? {
        try await withCheckedThrowingContinuation { continuation in
            waiting[key, default: []].append(continuation)
            guard !isAsking else { return }
            isAsking = true
            Task { await ask() }
        }
    }

    private func ask() async {
        while !waiting.isEmpty {
            let asked = waiting
            waiting = [:]
            do {
                let records = try await cache.records(for: Set(asked.keys))
                for (key, continuations) in asked {
                    for continuation in continuations { continuation.resume(returning: records[key]) }
                }
            } catch {
                for continuation in asked.values.joined() { continuation.resume(throwing: error) }
            }
        }
        isAsking = false
    }
}

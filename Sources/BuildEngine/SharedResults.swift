internal import Basics
internal import Synchronization

/// A result cache that cannot do harm: what it gives is checked, what it throws is one warning for the whole build.
final class SharedResults: Sendable {
    private let cache: any ResultCache
    private let keys: KeyBatch
    private let warn: @Sendable (Diagnostic) -> Void
    private let isOff = Mutex(false)

    init(cache: any ResultCache, warn: @escaping @Sendable (Diagnostic) -> Void) {
        self.cache = cache
        keys = KeyBatch(cache)
        self.warn = warn
    }

    /// Takes a record and all its contents over into the store; nil if any of it is missing or wrong.
    func fetch(_ key: ActionKey, into store: ContentStore) async -> ActionRecord? {
        let shared = key.shared.digest
        return await attempt {
            guard let bytes = try await keys.record(for: shared) else { return nil }
            guard var record = ActionRecord(encoded: bytes), record.key == shared else {
                throw Self.wrong("record", shared)
            }
            for content in Set(record.contents) where !store.contains(content.digest) {
                do {
                    guard try await store.put(content, from: { try await cache.read(content, $0) }) else { return nil }
                } catch is ContentStore.WrongContent {
                    throw Self.wrong("content", content.digest)
                }
            }
            record.key = key.digest
            record.components = key.components
            record.logSize = nil
            return record
        }
    }

    func put(_ record: ActionRecord, _ key: ActionKey, store: ContentStore, dryRun: Bool) async {
        if dryRun { return }
        let _: Bool? = await attempt {
            let shared = key.shared
            var record = record
            record.key = shared.digest
            record.components = shared.components
            record.logSize = record.log.flatMap { store.size(of: $0) }
            for content in try await cache.missing(Set(record.contents)) {
                try await cache.write(content, store.pieces(content.digest))
            }
            try await cache.put(record: record.encoded, key: shared.digest, contents: record.contents)
            return true
        }
    }

    private func attempt<Value: Sendable>(_ body: () async throws -> Value?) async -> Value? {
        if isOff.withLock({ $0 }) { return nil }
        do { return try await body() } catch {
            if error is CancellationError { return nil }
            let isFirst = isOff.withLock { isOff in
                defer { isOff = true }
                return !isOff
            }
            if isFirst { warn(.warning("the shared cache is not used in this build: \(error)")) }
            return nil
        }
    }

    private struct Wrong: Error, CustomStringConvertible {
        let description: String
    }

    private static func wrong(_ what: String, _ digest: Digest) -> Wrong {
        Wrong(description: "it gave a damaged \(what) for \(digest.short)")
    }
}

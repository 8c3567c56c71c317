internal import Basics
internal import Synchronization

/// A result cache that cannot do harm: what it gives is checked, what it throws is one warning for the whole build.
final class SharedResults: Sendable {
    private let cache: any ResultCache
    private let warn: @Sendable (Diagnostic) -> Void
    private let isOff = Mutex(false)

    init(cache: any ResultCache, warn: @escaping @Sendable (Diagnostic) -> Void) {
        self.cache = cache
        self.warn = warn
    }

    /// Takes a record and all its contents over into the store; nil if any of it is missing or wrong.
    func fetch(_ key: Digest, into store: ContentStore) async -> ActionRecord? {
        await attempt {
            guard let bytes = try await self.cache.record(for: key) else { return nil }
            guard let record = ActionRecord(encoded: bytes), record.key == key else { throw Self.wrong("record", key) }
            for digest in Set(record.blobs) where !store.contains(digest) {
                guard let content = try await self.cache.content(of: digest) else { return nil }
                guard Digest(of: content) == digest else { throw Self.wrong("content", digest) }
                _ = try store.put(content, sync: false)
            }
            return record
        }
    }

    func put(_ record: ActionRecord, store: ContentStore, dryRun: Bool) async {
        if dryRun { return }
        let _: Bool? = await attempt {
            for digest in Set(record.blobs) {
                try await self.cache.put(content: try store.read(digest), digest: digest)
            }
            try await self.cache.put(record: record.encoded, key: record.key)
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

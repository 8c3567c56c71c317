import Basics
import Glibc
import Synchronization

@testable import BuildEngine

/// Makes disks on which the operation of a given number, and perhaps all after it, fails.
final class FaultyDisk: Sendable {
    enum Fault: Sendable {
        /// As if the process were killed at that instant: nothing is done any more, a write stops half way.
        case kill
        /// No space is left from then on.
        case full
        /// One operation alone finds no space.
        case fullOnce
    }

    struct Killed: Error {}

    private let count = Mutex(0)
    private let number: Int
    private let fault: Fault

    /// - Parameter number: Which operation fails, from 1; 0: none.
    init(_ fault: Fault, at number: Int) {
        self.fault = fault
        self.number = number
    }

    /// How many operations have been asked for.
    var operations: Int { count.withLock { $0 } }

    func disk(_ medium: DiskMedium) -> Disk { Disk(medium, fault: { [self] in try check($0) }) }

    private func check(_ operation: Disk.Operation) throws {
        let now = count.withLock { count in
            count += 1
            return count
        }
        guard number > 0, fault == .fullOnce ? now == number : now >= number else { return }
        let error: any Error =
            switch fault {
            case .kill: Killed()
            case .full, .fullOnce: FileError("write", "somewhere", code: ENOSPC)
            }
        switch operation {
        case .write(_, let size) where now == number: throw Disk.TornWrite(keep: size / 2, error: error)
        case .remove where fault != .kill: return
        case .create, .write, .sync, .setMode, .rename, .remove, .makeDirectory: throw error
        }
    }
}

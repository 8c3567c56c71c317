import Basics
import SmallThreads

/// The address space that the program needs, where `ulimit -v` or a batch system limits it.
///
/// Without memory for one more thread, Swift's pool of threads waits for ever; without memory for a value, Swift ends
/// the program. So too little is an error at the start.
enum Memory {
    /// Bytes of a thread's stack where address space is scarce; the deepest input that is read takes a fraction.
    private static let stack = 2 << 20

    /// What libraries, the heap of a small build and one thread for each processor take, with room to spare.
    static var least: Int { 256 << 20 + Opened.processors * 2 * stack }

    /// An error where too little is allowed. Otherwise, where there is a limit, threads are made small: by default each
    /// sets 8 MiB aside for its stack and 64 MiB for a heap of its own.
    static var fault: Diagnostic? {
        guard let limit = AddressSpace.limit else { return nil }
        guard limit < least else {
            make_threads_small(stack)
            return nil
        }
        return .error(
            "\(limit >> 20) MiB of address space are allowed, and hlsbuild needs \(least >> 20)",
            help: "allow more: 'ulimit -v \(least >> 10)', or 'ulimit -v unlimited'")
    }
}

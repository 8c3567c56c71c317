internal import Glibc

/// The memory that this process may still take. Swift ends a program that gets no memory; so whoever is about to take
/// much because a file says so asks here first, and says what is wrong.
public enum AddressSpace {
    /// The limit that `ulimit -v` or a batch system has set, in bytes; nil where there is none.
    public static var limit: Int? {
        var bounds = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &bounds) == 0, bounds.rlim_cur < UInt64(Int.max) else {
            return nil
        }
        return Int(bounds.rlim_cur)
    }

    /// Whether so many bytes could be taken now. None are.
    public static func hasRoom(for bytes: Int) -> Bool {
        // Whatever is less than the allocator takes at once is not worth the call.
        guard bytes > 1 << 20 else { return true }
        let place = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let place, place != MAP_FAILED else { return false }
        munmap(place, bytes)
        return true
    }
}

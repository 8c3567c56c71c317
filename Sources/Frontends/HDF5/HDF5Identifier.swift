internal import CHDF5

/// An object the library keeps for us (file, group, type, ...), given back when the last user lets go of it.
final class HDF5Identifier {
    let raw: hid_t

    /// Nil where the library answered with its error value.
    init?(_ raw: hid_t) {
        guard raw >= 0 else { return nil }
        self.raw = raw
    }

    deinit { H5Idec_ref(raw) }
}

/// The library's report of its last failure on this thread.
enum HDF5Failure {
    /// Keeps the library from printing to standard error, and from loading filters from outside the program: what a
    /// file means must follow from its bytes alone. The setting is per thread, hence repeated at every opening.
    static func silence() {
        H5Eset_auto2(0, nil, nil)
        H5PLset_loading_state(0)
    }

    /// The innermost message of the error stack, where the cause is named; nil where there is none.
    static var message: String? {
        var text: String?
        withUnsafeMutablePointer(to: &text) { target in
            _ = H5Ewalk2(
                0, H5E_WALK_UPWARD,
                { depth, entry, client in
                    guard depth == 0, let description = entry?.pointee.desc else { return 0 }
                    client?.assumingMemoryBound(to: String?.self).pointee = String(cString: description)
                    return 0
                }, target)
        }
        return text
    }
}

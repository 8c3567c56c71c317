internal import Basics
internal import Glibc
internal import HDF5Child

/// The content of a HDF5 file: its root group with everything in it.
enum HDF5File {
    /// What a HDF5 file begins with.
    static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

    /// Reads a file out of its bytes, so that exactly these are read, whatever happens to the file on disk meanwhile.
    /// A child of the root called `skip` is left out.
    ///
    /// The library runs in a child process (`hdf5_child.h` says why); a file that kills it is an error like any other.
    static func open(_ bytes: [UInt8], name: String, skip: String? = nil) throws(DiagnosticError) -> HDF5Group {
        guard let (dump, status) = dump(bytes, skip) else {
            throw DiagnosticError(.error("'\(name)': no process could be started to read it"))
        }
        switch HDF5Dump(dump).content(of: name) {
        case .content(let root): return root
        case .failure(let reason):
            throw DiagnosticError(
                .error("'\(name)': \(reason)", help: "is the file complete? copy or save it again"))
        case .cutOff:
            throw DiagnosticError(
                .error(
                    "'\(name)': the file is damaged: the HDF5 library failed on it (\(ending(status)))",
                    help: "copy or save it again"))
        }
    }

    /// What the child wrote, and how it ended; nil where it could not be started.
    private static func dump(_ bytes: [UInt8], _ skip: String?) -> ([UInt8], Int32)? {
        // A dataset may be compressed: at best by deflate, 1032 to 1.
        let object = min(1 << 30, max(1 << 16, UInt64(bytes.count) * 1100))
        let memory = 2 * object + 4 * UInt64(bytes.count) + 1 << 28
        // A damaged file can send the library round in circles; reading takes a second for 100 megabytes.
        let seconds = 2 + UInt32(bytes.count >> 24)
        var output: Int32 = -1
        let child = bytes.withUnsafeBytes { buffer in
            func start(_ skip: UnsafePointer<CChar>?) -> pid_t {
                let limits = hdf5_child_limits(memory: memory, object: object, seconds: seconds, skip: skip)
                return hdf5_child_start(buffer.baseAddress, buffer.count, limits, &output)
            }
            return skip?.withCString(start) ?? start(nil)
        }
        guard child > 0 else { return nil }
        let dump = contents(of: output)
        close(output)
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return (dump, status)
    }

    private static func contents(of descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return bytes }
            bytes += buffer[..<count]
        }
    }

    /// How a process ended, in words.
    private static func ending(_ status: Int32) -> String {
        let signal = status & 0x7F
        return signal == 0 ? "exit status \(status >> 8 & 0xFF)" : "signal \(signal)"
    }
}

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
    /// The bytes are let go of as soon as the child has them.
    static func open(_ bytes: consuming [UInt8], name: String, skip: String? = nil) throws(DiagnosticError) -> HDF5Group
    {
        guard let (dump, status) = dump(consume bytes, skip) else {
            throw DiagnosticError(.error("'\(name)': no process could be started to read it"))
        }
        guard let dump else {
            throw DiagnosticError(
                .error(
                    "'\(name)': what it holds does not fit into the memory that this process may take",
                    help: "allow more address space ('ulimit -v')"))
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

    /// The most bytes that a file of so many may hold. Weights do not compress well; pruned ones do, zeros being most of
    /// them.
    private static func content(of count: Int) -> Int { min(1 << 30, max(1 << 20, Count.times(count, 64))) }

    /// What the child wrote (nil where it does not fit into memory), and how it ended; nil where it could not be started.
    private static func dump(_ bytes: consuming [UInt8], _ skip: String?) -> ([UInt8]?, Int32)? {
        let size = bytes.count
        let content = content(of: size)
        let memory = UInt64(2 * content + 4 * size + 1 << 28)
        // A damaged file can send the library round in circles; reading takes a second for 100 megabytes.
        let seconds = 2 + UInt32(size >> 24)
        var output: Int32 = -1
        let child = bytes.withUnsafeBytes { buffer in
            func start(_ skip: UnsafePointer<CChar>?) -> pid_t {
                let limits = hdf5_child_limits(
                    memory: memory, content: UInt64(content), seconds: seconds, skip: skip)
                return hdf5_child_start(buffer.baseAddress, buffer.count, limits, &output)
            }
            return skip?.withCString(start) ?? start(nil)
        }
        _ = consume bytes
        guard child > 0 else { return nil }
        // Names and sizes come on top.
        let dump = contents(of: output, likely: size, atMost: content + 4 * size + 1 << 20)
        close(output)
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return (dump, status)
    }

    /// All that comes out of a pipe, or as much as a child writes that has gone wild; nil where it does not fit into
    /// memory together with what is made of it. A child that is not heard any more ends by itself.
    ///
    /// - Parameter likely: how many bytes will come, most often: an array that grows is there twice.
    private static func contents(of descriptor: Int32, likely: Int, atMost limit: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var proven = AddressSpace.hasRoom(for: Count.times(likely, 4)) ? max(1 << 22, likely) : 1 << 22
        bytes.reserveCapacity(proven)
        while bytes.count <= limit {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            if bytes.count + count > proven {
                proven *= 2
                guard AddressSpace.hasRoom(for: 4 * proven) else { return nil }
                bytes.reserveCapacity(proven)
            }
            bytes += buffer[..<count]
        }
        return bytes
    }

    /// How a process ended, in words.
    private static func ending(_ status: Int32) -> String {
        let signal = status & 0x7F
        return signal == 0 ? "exit status \(status >> 8 & 0xFF)" : "signal \(signal)"
    }
}

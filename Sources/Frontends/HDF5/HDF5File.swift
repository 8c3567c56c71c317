internal import Basics
internal import CHDF5

/// A file in memory: its name for messages, its size for limits.
struct HDF5File {
    let name: String
    let byteCount: Int

    /// The library refuses an image under the name of a file that is there, so this one never is.
    private static let imageName = "/dev/null/image"

    /// What a HDF5 file begins with.
    static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

    /// Opens the bytes as a file and returns its root group.
    ///
    /// The bytes are handed over as an image in memory, so that exactly these bytes are read, whatever happens to the
    /// file on disk meanwhile.
    static func open(_ bytes: [UInt8], name: String) throws(DiagnosticError) -> HDF5Group {
        HDF5Failure.silence()
        let file = HDF5File(name: name, byteCount: bytes.count)
        guard let access = HDF5Identifier(H5Pcreate(chdf5_file_access())),
            H5Pset_fapl_core(access.raw, 1 << 16, false) >= 0,
            bytes.withUnsafeBytes({
                H5Pset_file_image(access.raw, UnsafeMutableRawPointer(mutating: $0.baseAddress), $0.count)
            }) >= 0,
            let handle = HDF5Identifier(H5Fopen(imageName, chdf5_read_only(), access.raw)),
            let root = HDF5Identifier(H5Gopen2(handle.raw, "/", 0))
        else { throw file.error("not a readable HDF5 file", help: "is it complete? copy or save it again") }
        return HDF5Group(identifier: root, path: "/", file: file)
    }

    /// An error about this file, with the library's reason where it gave one.
    func error(_ message: String, help: String? = nil, reason: Bool = true) -> DiagnosticError {
        let cause = reason ? HDF5Failure.message.map { " (HDF5: \($0))" } ?? "" : ""
        return DiagnosticError(.error("'\(name)': \(message)\(cause)", help: help))
    }

    /// The most bytes that a dataset or an attribute of this file may take in memory: what the best case of deflate
    /// can blow the file up to, and never more than a gigabyte.
    var memoryLimit: Int { min(1 << 30, max(1 << 16, byteCount.multipliedReportingOverflow(by: 1100).partialValue)) }
}

internal import Basics
internal import CHDF5

/// A group of a HDF5 file. Paths are followed along hard links only: a soft or external link could leave the file.
struct HDF5Group {
    let identifier: HDF5Identifier
    let path: String
    let file: HDF5File

    /// More children than this are not a model.
    private static let childLimit = 100_000

    /// Whether there is a child of this name.
    func has(_ name: String) -> Bool { H5Lexists(identifier.raw, name, 0) > 0 }

    /// The names of the children, in the library's order by name.
    func childNames() throws(DiagnosticError) -> [String] {
        var info = H5G_info_t()
        guard H5Gget_info(identifier.raw, &info) >= 0 else { throw error("cannot be listed") }
        guard info.nlinks <= Self.childLimit else { throw error("has \(info.nlinks) children, which is too many") }
        var names: [String] = []
        for index in 0..<info.nlinks {
            var buffer = [CChar](repeating: 0, count: 1024)
            let length = H5Lget_name_by_idx(
                identifier.raw, ".", H5_INDEX_NAME, H5_ITER_INC, index, &buffer, buffer.count, 0)
            guard length >= 0, length < buffer.count, let name = String(nullTerminated: buffer) else {
                throw error("cannot be listed")
            }
            names.append(name)
        }
        return names
    }

    /// The group at a path below this one.
    func group(_ path: String) throws(DiagnosticError) -> HDF5Group {
        var group = self
        for component in path.split(separator: "/").map(String.init) {
            try group.expectHardLink(component)
            guard let next = HDF5Identifier(H5Gopen2(group.identifier.raw, component, 0)) else {
                throw group.error("'\(component)' is not a readable group")
            }
            group = HDF5Group(identifier: next, path: group.childPath(component), file: file)
        }
        return group
    }

    /// Throws unless there is a child of this name inside the file itself.
    func expectHardLink(_ name: String) throws(DiagnosticError) {
        guard has(name) else {
            let near = (try? childNames()).flatMap { Spelling.nearest(to: name, in: $0) }
            throw file.error(
                "group '\(path)' has no '\(name)'", help: near.map { "did you mean '\($0)'?" }, reason: false)
        }
        guard chdf5_link_type(identifier.raw, name) == H5L_TYPE_HARD.rawValue else {
            throw file.error(
                "'\(childPath(name))' is a link to another place", help: "save the model into one plain file",
                reason: false)
        }
    }

    func childPath(_ name: String) -> String { path == "/" ? "/\(name)" : "\(path)/\(name)" }

    func error(_ message: String) -> DiagnosticError { file.error("group '\(path)' \(message)") }
}

extension String {
    /// The bytes up to the first NUL as UTF-8; nil where they are not.
    init?(nullTerminated bytes: [CChar]) {
        self.init(validating: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

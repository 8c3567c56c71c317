internal import Glibc

extension Files {
    /// Removes whatever is there, a folder with all that is in it, also under names that no text can hold; whether it
    /// is gone. Links are removed, not followed.
    public static func removeAll(_ path: String) -> Bool { removeAll(Array(path.utf8CString)) }

    /// - Parameter path: as the system calls take it, a zero at its end.
    private static func removeAll(_ path: [CChar]) -> Bool {
        if unlink(path) == 0 || errno == ENOENT { return true }
        for name in names(path) { _ = removeAll(path.dropLast() + [CChar(UInt8(ascii: "/"))] + name + [0]) }
        return rmdir(path) == 0
    }

    /// The names in a folder as they are, without `.` and `..`.
    private static func names(_ path: [CChar]) -> [[CChar]] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [[CChar]] = []
        let dot = CChar(UInt8(ascii: "."))
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                Array($0.bindMemory(to: CChar.self).prefix { $0 != 0 })
            }
            if name != [dot], name != [dot, dot] { names.append(name) }
        }
        return names
    }
}

internal import Arrays
internal import Basics

/// What torch.save wrote before version 1.6: pickles one behind the other, then the numbers of every storage.
enum TorchLegacyFile {
    /// What such a file begins with: a pickle of one large number.
    static let signature: [UInt8] =
        [0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E]

    static func read(_ bytes: [UInt8], name: String) throws(DiagnosticError) -> PickledTensors {
        var at = 0
        // The large number, the version, and how large numbers of C are where it was written.
        for _ in 0..<3 { _ = try PickleReader.read(bytes, at: &at, file: name) }
        let document = try PickleReader.read(bytes, at: &at, file: name)
        let keys = try PickleReader.read(bytes, at: &at, file: name)
        let sizes = elementSizes(document)
        var files: [String: [UInt8]] = [:]
        for key in keys.items(keys.root) ?? [] {
            guard case .text(let key) = key, let size = sizes[key] else { throw cut(name) }
            guard bytes.count - at >= 8 else { throw cut(name) }
            let count = bytes[at..<at + 8].reversed().reduce(0) { $0 << 8 | Int($1) }
            at += 8
            let length = Count.times(count, size)
            guard count >= 0, length <= bytes.count - at else { throw cut(name) }
            files["data/\(key)"] = Array(bytes[at..<at + length])
            at += length
        }
        return PickledTensors(TorchArchive(files: files, file: name), document)
    }

    private static func cut(_ name: String) -> DiagnosticError {
        DiagnosticError(.error("'\(name)': it ends before its numbers do", help: "copy or save it again"))
    }

    /// How many bytes a number of each storage takes.
    private static func elementSizes(_ document: PickleDocument) -> [String: Int] {
        var sizes: [String: Int] = [:]
        for object in document.objects {
            guard case .persistent(let id) = object, let parts = document.items(id), parts.count >= 3,
                parts[0] == .text("storage"), case .global(let kind) = parts[1], case .text(let key) = parts[2]
            else { continue }
            sizes[key] = ElementType(storage: kind)?.size
        }
        return sizes
    }
}

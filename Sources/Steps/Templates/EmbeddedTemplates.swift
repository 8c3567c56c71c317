internal import Basics
internal import CTemplates

/// The copy of `Templates` within the executable.
public enum EmbeddedTemplates {
    public static var files: [(path: String, bytes: [UInt8])] {
        (0..<hlsbuild_template_count()).map { index in
            let bytes = UnsafeRawBufferPointer(
                start: hlsbuild_template_start(index), count: hlsbuild_template_size(index))
            return (String(cString: hlsbuild_template_path(index)), Array(bytes))
        }
    }

    /// The files of some of its folders.
    static func files(_ parts: [String]) -> [(path: String, bytes: [UInt8])] {
        files.filter { file in parts.contains { file.path.begins(with: $0 + "/") } }
    }

    /// Of all paths and contents of the parts.
    static func digest(_ parts: [String]) -> Digest {
        var hasher = DigestHasher()
        for file in files(parts) {
            hasher.update(field: file.path)
            hasher.update(field: Digest(of: file.bytes).hex)
        }
        return hasher.finish()
    }
}

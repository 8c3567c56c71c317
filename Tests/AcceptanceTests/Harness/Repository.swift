import Basics
import Glibc

/// Where the program under test and the example project are.
enum Repository {
    static let root: String = {
        var parts = #filePath.split(separator: "/")
        parts.removeLast(4)
        return "/" + parts.joined(separator: "/")
    }()

    static let project = root + "/Projects/jet-tagger"
    static let templates = root + "/Templates"

    /// The program: HLSBUILD_BINARY, else the one beside the test bundle.
    static let binary: Result<String, Program.Failure> = {
        if let stated = variable("HLSBUILD_BINARY") { return .success(stated) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { path in
                path.baseAddress.map { readlink("/proc/self/exe", $0, path.count) } ?? 0
            }
        }
        var candidates = [root + "/.build/debug/hlsbuild"]
        if count > 0 {
            let own = String(decoding: buffer[..<count], as: UTF8.self)
            candidates.insert(own.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/hlsbuild", at: 0)
        }
        if let found = candidates.first(where: { Files.status($0)?.isExecutable == true }) { return .success(found) }
        return .failure(.init(description: "no hlsbuild at \(candidates): swift build --product hlsbuild"))
    }()

    static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

internal import Glibc

/// Compiles and runs small C++ programs against the headers under test.
enum Compiler {
    /// The repository's Templates/hls folder.
    static var templates: String { root + "/Templates/hls" }

    /// The folder of ap_fixed.h: ours, or the one that HLSBUILD_AP_TYPES names, for a comparison with other headers.
    static var apTypes: String { getenv("HLSBUILD_AP_TYPES").map { String(cString: $0) } ?? templates + "/ap_types" }

    static var usesOwnHeaders: Bool { getenv("HLSBUILD_AP_TYPES") == nil }

    static var isAvailable: Bool { system("c++ --version > /dev/null 2>&1") == 0 }

    private static var root: String {
        var parts = #filePath.split(separator: "/")
        parts.removeLast(3)
        return "/" + parts.joined(separator: "/")
    }

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// What the program prints, line by line; compilation errors and a non-zero exit are thrown.
    static func run(_ source: String, flags: String = "-std=c++14 -O0 -w") throws -> [String] {
        var template = Array("/tmp/hlsbuild-headers-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw Failure(description: "no temporary folder") }
        let folder = String(cString: made)
        defer { _ = system("rm -rf '\(folder)'") }
        try write(source, to: folder + "/test.cpp")
        let include = "-I '\(apTypes)' -I '\(templates)/nnet_utils'"
        let compile = "c++ \(flags) \(include) '\(folder)/test.cpp' -o '\(folder)/test' 2> '\(folder)/errors'"
        guard system(compile) == 0 else { throw Failure(description: try read(folder + "/errors")) }
        guard system("'\(folder)/test' > '\(folder)/output' 2> '\(folder)/errors'") == 0 else {
            throw Failure(description: "the program failed: " + (try read(folder + "/errors")))
        }
        return try read(folder + "/output").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private static func write(_ text: String, to path: String) throws {
        guard let file = fopen(path, "w") else { throw Failure(description: "cannot write \(path)") }
        defer { fclose(file) }
        guard fputs(text, file) >= 0 else { throw Failure(description: "cannot write \(path)") }
    }

    private static func read(_ path: String) throws -> String {
        guard let file = fopen(path, "r") else { throw Failure(description: "cannot read \(path)") }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
        }
    }
}

import TestSupport

/// Compiles and runs small C++ programs against the headers under test.
enum Compiler {
    /// The folder of ap_fixed.h: ours, or the one that HLSBUILD_AP_TYPES names, for a comparison with other headers.
    static let apTypes = Repository.variable("HLSBUILD_AP_TYPES") ?? Repository.templates + "/hls/ap_types"

    static let usesOwnHeaders = Repository.variable("HLSBUILD_AP_TYPES") == nil

    static let isAvailable = Repository.installed("c++") != nil

    /// What the program prints, line by line; compilation errors and a non-zero exit are thrown.
    static func run(_ source: String, flags: String = "-std=c++14 -O0 -w") async throws -> [String] {
        let folder = try Scratch()
        try folder.write("test.cpp", source)
        let include = "-I '\(apTypes)' -I '\(Repository.templates)/hls/nnet_utils'"
        try await Command.shell("c++ \(flags) \(include) test.cpp -o test", in: folder.path).works()
        let ended = try await Command(folder.path + "/test").works()
        return ended.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}

import Options
import Testing
import TestSupport

@testable import HLSChecker

/// What synthesis reads is C++ that two compilers take without a word, in the language that each tool asks for.
@Suite struct CompileTests {
    /// A compiler, and whether it reads what the synthesiser reads or what a simulation reads.
    struct Compiler: Sendable, CustomTestStringConvertible {
        var program: String
        var target: PragmaTable.Target
        var isSynthesis = false

        var testDescription: String { "\(program) \(target)\(isSynthesis ? " synthesis" : "")" }

        /// The flags of the vendor's front ends, as far as a compiler knows them, and every warning as an error. Pragmas
        /// are the checker's, and loops have labels so that reports can name them.
        var command: String {
            var flags = [
                target == .vivado ? "-std=c++11" : "-std=c++14", "-fsyntax-only", "-Wall", "-Wextra", "-pedantic",
                "-Wundef", "-Werror", "-fno-exceptions", "-fno-math-errno", "-fno-threadsafe-statics",
                "-fno-use-cxa-atexit", "-Wno-unknown-pragmas", "-Wno-unused-label", "-Ifirmware/ap_types",
            ]
            if isSynthesis { flags += ["-D__SYNTHESIS__"] + (target == .vitis ? ["-D__VITIS_HLS__"] : []) }
            return "'\(program)' \(flags.joined(separator: " "))"
        }
    }

    /// g++, and clang++ of the search path or of the Swift toolchain.
    static let programs: [String] = {
        let beside = Repository.installed("swift").flatMap(FileLink.resolved)?.split(separator: "/").dropLast()
            .map { "/" + $0 }.joined()
        let clang = Repository.installed("clang++") ?? beside.map { $0 + "/clang++" }
        return [Repository.installed("g++"), clang].compactMap(\.self)
    }()

    /// Each reads both languages; what the synthesiser of Vitis HLS reads is clang's, as that is one.
    static let compilers: [Compiler] = programs.flatMap { program in
        PragmaTable.Target.allCases.map { target in
            Compiler(program: program, target: target, isSynthesis: program.hasSuffix("clang++") && target == .vitis)
        }
    }

    /// The corpus for each target as it is compiled, every project in a folder of its own.
    private static let corpora = Task {
        var corpora: [PragmaTable.Target: CompileCorpus] = [:]
        for target in PragmaTable.Target.allCases { corpora[target] = try CompileCorpus(target) }
        return corpora
    }

    @Test func bothCompilersAreThere() {
        #expect(Self.programs.count == 2)
    }

    @Test(arguments: compilers) func everyProjectCompiles(_ compiler: Compiler) async throws {
        let corpus = try #require(try await Self.corpora.value[compiler.target])
        let run = try await shell(
            """
            cd '\(corpus.scratch.path)' && for project in *; do
                (cd $project && \(compiler.command) all.cpp || echo "FAILED: $(cat name)") 2>&1 | head -5
                echo done
            done
            """)
        let lines = run.output.split(separator: "\n")
        #expect(lines.count { $0 == "done" } == corpus.folderCount)
        #expect(lines.filter { $0 != "done" }.prefix(20) == [])
    }

    /// Nothing of the corpus goes past the compilers: every text of it is there whole.
    @Test(arguments: PragmaTable.Target.allCases) func everyTextIsCompiled(_ target: PragmaTable.Target) async throws {
        let corpus = try #require(try await Self.corpora.value[target])
        let compiled = try FileTree.files(below: corpus.scratch.path).values.map { String(decoding: $0, as: UTF8.self) }
        #expect(corpus.texts.count > 500)
        #expect(corpus.texts.subtracting(compiled).map { $0.prefix(200) } == [])
    }

    /// What the compilers are to find, in a project that is right otherwise.
    static let mistakes: [(file: String, right: String, wrong: String)] = [
        ("firmware/nnet_utils/nnet_common.h", "namespace nnet {", "#if NNET_UNKNOWN\n#endif\nnamespace nnet {"),
        ("firmware/layers/fc1.cpp", "    nnet::", "    int n = x[0] > 0, spare[n];\n    spare[0] = n;\n    nnet::"),
        ("firmware/layers/fc1.cpp", "    nnet::", "    throw 3;\n    nnet::"),
        ("firmware/layers/fc1.cpp", "    nnet::", "    int unused;\n    nnet::"),
        ("firmware/layers/fc1_config.h", "ap_fixed<8,2> weight_t", "ap_fixed<1010,2> weight_t"),
        ("firmware/weights/fc1_bias.h", "fc1_bias[6]", "fc1_bias[5]"),
        ("firmware/types/fc1.h", "typedef ap_fixed<16,6> net_fc1_t;", ""),
        // The last one g++ finds only when it writes code, as the tests of HLSWriter have it do.
        ("firmware/nnet_utils/nnet_activation_ops.h", "        return Y(0);\n", ""),
    ]

    @Test(arguments: compilers, mistakes.indices) func mistakesDoNotCompile(_ compiler: Compiler, _ index: Int)
        async throws
    {
        if index == Self.mistakes.count - 1, !compiler.program.hasSuffix("clang++") { return }
        let scratch = try Scratch()
        let mistake = Self.mistakes[index]
        var files = try Corpus.written(Corpus.small(), compiler.target)
        let right = try #require(files[mistake.file])
        let wrong = right.replacing(mistake.right, with: mistake.wrong)
        try #require(wrong != right)
        files[mistake.file] = wrong
        for (path, text) in files where path.hasPrefix("firmware/") { try scratch.write(path, text) }
        try scratch.write("all.cpp", CompiledProject(files).unit)
        let run = try await shell("cd '\(scratch.path)' && \(compiler.command) all.cpp")
        #expect(run.status != 0, "\(mistake.wrong)")
        #expect(run.output.contains("error"))
    }
}

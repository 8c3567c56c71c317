import Testing
import TestSupport

/// The C library of a release, compiled and used as experiment software does.
@Suite struct EmulatorLibraryTests {
    /// Two networks with the same layers, kernels and constants, but other types: whatever symbol they shared, one
    /// would give the other's numbers.
    @Test func twoNetworksLiveInOneProgram() async throws {
        let ground = try Playground()
        try ground.project("Projects/jet-tagger", as: "net")
        let other =
            "--set project=tagger_b --set io=stream --set layers.fc1.precision.weight='fixed<8,2,RND,SAT>' "
            + "--set layers.relu2.precision.result='ufixed<9,5,RND,SAT>'"
        for (name, settings) in [("jet_tagger", ""), ("tagger_b", other)] {
            try await ground.works(
                """
                $hlsbuild -C net -q write \(settings) && $hlsbuild -C net -q release \(settings) -o ../\(name).tar \
                && tar xf \(name).tar && cd \(name)/emulator && g++ -std=c++11 -O1 -Wall -Wextra -Werror -c \
                *_emulator.cpp \
                && gcc -std=c99 -O1 -Wall -Wextra -pedantic -Werror -c *_test.c && g++ *.o -o test && ./test
                """)
            let vectors = try ground.text("\(name)/emulator/vectors.txt").split(separator: "\n")
            #expect(vectors.count == 64 && vectors.allSatisfy { $0.split(separator: " ").count == 21 })
        }
        let same = try await ground.sh("cmp -s jet_tagger/emulator/vectors.txt tagger_b/emulator/vectors.txt")
        #expect(same.status == 1, "the networks differ, or the test shows nothing")
        try ground.write("main.cpp", Self.program)
        try await ground.works(
            """
            g++ -std=c++14 -O1 -pthread -Ijet_tagger/emulator -Itagger_b/emulator main.cpp \
            jet_tagger/emulator/jet_tagger_emulator.o tagger_b/emulator/tagger_b_emulator.o -o both && ./both
            """)
        // What a shared library shows: the interface and nothing else of ours.
        let symbols = try await ground.works(
            """
            g++ -std=c++11 -O1 -fPIC -shared tagger_b/emulator/tagger_b_emulator.cpp -o b.so \
            && nm -D --defined-only b.so | awk '{print $3}' | LC_ALL=C sort
            """
        ).output
        let interface = ["create", "destroy", "firmware", "predict", "predict_raw"]
        #expect(symbols == interface.map { "tagger_b_emulator_\($0)\n" }.joined())
        try await nothingIsGlobal(ground)
    }

    /// The header is plain C99 and C++11, and the library has no variable that outlives a call: none that is written, and
    /// none that is made when the program starts. Built as its own words say, with the compiler's defaults.
    private func nothingIsGlobal(_ ground: Playground) async throws {
        for name in ["jet_tagger", "tagger_b"] {
            try await ground.works(
                """
                cd \(name)/emulator && for c in 'gcc -std=c99 -x c' 'g++ -std=c++11 -x c++' 'g++ -std=c++20 -x c++'; do \
                $c -pedantic -Wall -Wextra -Werror -fsyntax-only \(name)_emulator.h || exit 1; done
                """)
            for flags in ["-O0", "-O2 -fPIC"] {
                try await ground.works(
                    "cd \(name)/emulator && g++ -std=c++11 \(flags) -c \(name)_emulator.cpp -o one.o")
                // Kinds of symbols that are written: B, D, C, S, G; V and u are those of templates and inline functions.
                let symbols = try await ground.works(
                    "cd \(name)/emulator && nm -C one.o | awk '$2 ~ /^[BbDdCcSsGgVvu]$/' | grep -v DW.ref.__gxx || true"
                )
                #expect(symbols.output == "", "\(name) \(flags)")
                let initial = try await ground.works("cd \(name)/emulator && nm one.o | grep -c _GLOBAL__sub_I || true")
                #expect(initial.output == "0\n")
            }
            try await ground.works(
                """
                cd \(name)/emulator && cc -c \(name)_emulator.cpp \(name)_emulator_test.c \
                && c++ \(name)_emulator.o \(name)_emulator_test.o -o plain && ./plain
                """)
        }
    }

    @Test func wrongNumbersAreRefused() async throws {
        let ground = try Playground()
        try ground.project(as: "net")
        try await ground.works("$hlsbuild -C net -q write && $hlsbuild -C net -q release -o ../m.tar && tar xf m.tar")
        try ground.write(
            "use.c",
            """
            #include "minimal_emulator.h"
            #include <math.h>
            #include <string.h>
            int main(void) {
                minimal_emulator *e = minimal_emulator_create();
                int64_t in[4] = {0, 1 << 10, 1 << 10, 1 << 15}, out[2] = {-1, -1};
                double numbers[2] = {1.0, 0.0}, result = 0, bad[2] = {0, NAN}, worse[2] = {INFINITY, 0};
                if (minimal_emulator_predict_raw(e, in, out, 2) != MINIMAL_EMULATOR_RANGE) return 1;
                if (out[0] == -1 || out[1] != -1) return 2;
                if (minimal_emulator_predict(e, numbers, &result, 1) != MINIMAL_EMULATOR_OK) return 3;
                if (result < 0.9 || result > 1.1) return 4;
                if (minimal_emulator_predict(e, bad, &result, 1) != MINIMAL_EMULATOR_NOT_FINITE) return 5;
                if (minimal_emulator_predict(e, worse, &result, 1) != MINIMAL_EMULATOR_NOT_FINITE) return 6;
                if (minimal_emulator_predict(0, numbers, &result, 1) != MINIMAL_EMULATOR_NULL) return 7;
                if (minimal_emulator_predict(e, 0, &result, 1) != MINIMAL_EMULATOR_NULL) return 8;
                if (minimal_emulator_predict(e, 0, 0, 0) != MINIMAL_EMULATOR_OK) return 9;
                if (strlen(minimal_emulator_firmware()) != 64) return 10;
                minimal_emulator_destroy(e);
                minimal_emulator_destroy(0);
                return 0;
            }
            """)
        try await ground.works(
            """
            cd minimal/emulator && g++ -O1 -c minimal_emulator.cpp && gcc -I. -c ../../use.c -o use.o \
            && g++ use.o minimal_emulator.o -o use && ./use
            """)
    }

    /// Eight threads, four for each network, all at once on all vectors, many times.
    private static let program = """
        #include "jet_tagger_emulator.h"
        #include "tagger_b_emulator.h"
        #include <atomic>
        #include <fstream>
        #include <string>
        #include <thread>
        #include <vector>

        static std::vector<int64_t> read(const char *path) {
            std::ifstream file(path);
            std::vector<int64_t> numbers;
            for (long long number; file >> number;) numbers.push_back(number);
            return numbers;
        }

        static std::atomic<int> wrong(0), done(0);

        #define USE(name) \\
            static void use_##name(const std::vector<int64_t> &vectors) { \\
                name##_emulator *emulator = name##_emulator_create(); \\
                for (int round = 0; round < 20; round++) \\
                    for (size_t at = 0; at + 21 <= vectors.size(); at += 21) { \\
                        int64_t out[5]; \\
                        if (name##_emulator_predict_raw(emulator, &vectors[at], out, 1) != 0) wrong++; \\
                        for (int i = 0; i < 5; i++) wrong += out[i] != vectors[at + 16 + i]; \\
                        done++; \\
                    } \\
                name##_emulator_destroy(emulator); \\
            }
        USE(jet_tagger)
        USE(tagger_b)

        int main() {
            const std::vector<int64_t> a = read("jet_tagger/emulator/vectors.txt");
            const std::vector<int64_t> b = read("tagger_b/emulator/vectors.txt");
            std::vector<std::thread> threads;
            for (int i = 0; i < 4; i++) {
                threads.emplace_back([&] { use_jet_tagger(a); });
                threads.emplace_back([&] { use_tagger_b(b); });
            }
            for (std::thread &thread : threads) thread.join();
            return wrong != 0 || done != 8 * 20 * 64;
        }
        """
}

import Testing
import TestSupport

/// hls::stream, text, and constants.
@Suite(.enabled(if: Compiler.isAvailable && Compiler.usesOwnHeaders, "no C++ compiler, or other headers"))
struct StreamHeaderTests {
    @Test func keepsOrderAcrossGrowth() async throws {
        let program = #"""
            #include "hls_stream.h"
            int main() {
                hls::stream<int> s("s");
                int next = 0, wanted = 0, wrong = 0, v;
                for (int round = 0; round < 50; round++) {
                    for (int k = 0; k < 7; k++) s.write(next++);
                    for (int k = 0; k < 5; k++) wrong += s.read() != wanted++;
                }
                printf("%d %d %d\n", wrong, (int)s.size(), (int)s.full());
                while (s.read_nb(v)) wrong += v != wanted++;
                printf("%d %d\n", wrong, (int)s.empty());
            }
            """#
        #expect(try await Compiler.run(program) == ["0 100 0", "0 1", ""])
    }

    /// A process that waits for ever in hardware must not run on in simulation.
    @Test func readingAnEmptyStreamNamesIt() async throws {
        let program = #"""
            #include "hls_stream.h"
            int main() { hls::stream<int> s("fc1_out"); return s.read(); }
            """#
        let failure = await #expect(throws: TestFailure.self) { try await Compiler.run(program) }
        #expect(failure?.description.contains("read from the empty stream fc1_out") == true)
    }

    @Test func decimalTextIsExact() async throws {
        let program = #"""
            #include "ap_fixed.h"
            #include <stdio.h>
            int main() {
                ap_uint<200> big = 1;
                big <<= 199;
                puts(big.to_string(10).c_str());
                puts(ap_int<9>(-256).to_string(10).c_str());
                puts(ap_fixed<12, 4>(-2.71875).to_string(10).c_str());
                puts(ap_fixed<8, 12>(-2048).to_string(10).c_str());
                puts(ap_int<6>(-3).to_string(2).c_str());
                puts(ap_uint<10>(0x2af).to_string(16).c_str());
            }
            """#
        let power = "803469022129495137770981046170581301261101496891396417650688"
        #expect(
            try await Compiler.run(program) == [power, "-256", "-2.71875", "-2048", "111101", "2AF", ""])
    }

    /// Weight arrays must be initialised data: the compiler refuses this program where one literal is not a constant.
    @Test(arguments: ["-std=c++11", "-std=c++14", "-std=c++17"])
    func literalsAreConstants(standard: String) async throws {
        let program = #"""
            #include "ap_fixed.h"
            static constexpr ap_fixed<8, 2> w[4] = {0.5, -0.25, -2.0, 1};
            static constexpr ap_ufixed<18, 8, AP_RND, AP_SAT> t[2] = {1.00048828125, 255};
            static_assert(w[0].V == 32 && w[1].V == -16 && w[2].V == -128 && w[3].V == 64, "weights");
            static_assert(t[0].V == 1025 && t[1].V == 255 * 1024, "table");
            int main() {}
            """#
        #expect(
            try await Compiler.run(program, flags: "\(standard) -pedantic -Wall -Wextra -Werror -Wno-unused-variable")
                == [""]
        )
    }
}

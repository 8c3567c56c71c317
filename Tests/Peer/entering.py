"""What hls4ml's simulation headers make of numbers that enter: Tests/Fixtures/entering.tsv.

Usage: python entering.py FILE. Each line: a type, the bits of a double, the integer that the type holds of it.
"""
import pathlib
import random
import struct
import subprocess
import sys
import tempfile

import hls4ml

MODES = [
    (rounding, overflow)
    for rounding in ("TRN", "TRN_ZERO", "RND", "RND_ZERO", "RND_INF", "RND_MIN_INF", "RND_CONV")
    for overflow in ("WRAP", "SAT", "SAT_ZERO", "SAT_SYM")
]
SPECIAL = (
    0.0, -0.0, 0.25, -0.25, 0.3, -0.3, 0.5, -0.5, -0.49999, -0.50001, -1.0, -1.5, 1.5, 2.5, -2.5, 127.0, 127.5, 128.0,
    -128.0, -129.0, 255.0, 256.0, 1e10, -1e10, 1e300, -1e300, 5e-324, -5e-324, -1e-300, float("inf"), float("-inf"),
    float("nan"), -float("nan"),
)


def types(numbers):
    """Pairs: as a project spells it, as C++ does."""
    found = [(f"{u}int<{width}>", f"ap_{u}int<{width}>") for u in ("", "u") for width in (1, 2, 4, 8, 13, 31)]
    for rounding, overflow in MODES:
        width = numbers.randint(2, 24)
        integer = numbers.randint(-2, width + 2)
        u = numbers.choice(("", "", "u"))
        found.append((
            f"{u}fixed<{width},{integer},{rounding},{overflow}>",
            f"ap_{u}fixed<{width},{integer},AP_{rounding},AP_{overflow}>"))
    return found


def main(path):
    numbers = random.Random(11)
    values = list(SPECIAL) + [numbers.uniform(-1, 1) * 2.0 ** numbers.randint(-12, 12) for _ in range(12)]
    bits = [struct.pack("<d", value)[::-1].hex() for value in values]
    body = "".join(
        f'    show<{cpp}>("{name}", values);\n' for name, cpp in types(numbers))
    source = """
#include <ap_fixed.h>
#include <ap_int.h>
#include <cstdint>
#include <cstdio>
#include <cstring>
template <class T> void show(const char *name, const uint64_t (&values)[COUNT]) {
    for (uint64_t bits : values) {
        double value;
        memcpy(&value, &bits, 8);
        T held = T(value);
        printf("%s\\t%016llx\\t%lld\\n", name, (unsigned long long)bits, (long long)raw(held));
    }
}
int main() {
    const uint64_t values[COUNT] = {VALUES};
BODY}
"""
    raw = """
template <int W> long long raw(const ap_int<W> &held) { return held.to_int64(); }
template <int W> long long raw(const ap_uint<W> &held) { return held.to_int64(); }
template <int W, int I, ap_q_mode Q, ap_o_mode O> long long raw(const ap_fixed<W, I, Q, O> &held) {
    return ap_int<W>(held.range(W - 1, 0)).to_int64();
}
template <int W, int I, ap_q_mode Q, ap_o_mode O> long long raw(const ap_ufixed<W, I, Q, O> &held) {
    return ap_uint<W>(held.range(W - 1, 0)).to_int64();
}
"""
    source = source.replace("#include <cstring>\n", "#include <cstring>\n" + raw)
    source = source.replace("COUNT", str(len(bits))).replace("VALUES", ", ".join("0x" + b for b in bits))
    headers = pathlib.Path(hls4ml.__file__).parent / "templates" / "vivado" / "ap_types"
    with tempfile.TemporaryDirectory() as folder:
        file, program = pathlib.Path(folder) / "entering.cpp", pathlib.Path(folder) / "entering"
        file.write_text(source.replace("BODY", body))
        subprocess.run(["g++", "-std=c++14", "-w", f"-I{headers}", file, "-o", program], check=True)
        pathlib.Path(path).write_text(subprocess.run([program], check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    main(sys.argv[1])

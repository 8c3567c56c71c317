// Where the bits of a number of any width live, and the few operations on them that need care.
//
// A number of W bits is held sign- or zero-extended in the smallest type that has W bits: int8_t ... int64_t, __int128,
// and beyond 128 bits `wide`. Arithmetic is done in `calc`, which is never narrower than int.
#ifndef HLSBUILD_AP_DETAIL_STORAGE_H
#define HLSBUILD_AP_DETAIL_STORAGE_H

#include <stdint.h>

#define APX_INLINE inline __attribute__((always_inline))

namespace apx {

__extension__ typedef __int128 i128;
__extension__ typedef unsigned __int128 u128;

template <int N, bool S> struct wide;

// The size class of a width: 0 to 4 are the built-in types, beyond that the number of 64-bit words plus 2.
#define APX_CLASS(W)                                                                                                   \
    ((W) <= 8 ? 0 : (W) <= 16 ? 1 : (W) <= 32 ? 2 : (W) <= 64 ? 3 : (W) <= 128 ? 4 : ((W) + 63) / 64 + 2)

template <int C, bool S> struct word {
    typedef wide<C - 2, S> raw;
    typedef wide<C - 2, S> calc;
};
template <> struct word<0, true> { typedef int8_t raw; typedef int32_t calc; };
template <> struct word<0, false> { typedef uint8_t raw; typedef uint32_t calc; };
template <> struct word<1, true> { typedef int16_t raw; typedef int32_t calc; };
template <> struct word<1, false> { typedef uint16_t raw; typedef uint32_t calc; };
template <> struct word<2, true> { typedef int32_t raw; typedef int32_t calc; };
template <> struct word<2, false> { typedef uint32_t raw; typedef uint32_t calc; };
template <> struct word<3, true> { typedef int64_t raw; typedef int64_t calc; };
template <> struct word<3, false> { typedef uint64_t raw; typedef uint64_t calc; };
template <> struct word<4, true> { typedef i128 raw; typedef i128 calc; };
template <> struct word<4, false> { typedef u128 raw; typedef u128 calc; };

template <int W, bool S> struct bits_of : word<APX_CLASS(W), S> {};

// The low w bits, extended: by the sign in a signed type, by zeros in an unsigned one.
APX_INLINE constexpr int32_t wrap(int32_t v, int w) { return (int32_t)((uint32_t)v << (32 - w)) >> (32 - w); }
APX_INLINE constexpr uint32_t wrap(uint32_t v, int w) { return v << (32 - w) >> (32 - w); }
APX_INLINE constexpr int64_t wrap(int64_t v, int w) { return (int64_t)((uint64_t)v << (64 - w)) >> (64 - w); }
APX_INLINE constexpr uint64_t wrap(uint64_t v, int w) { return v << (64 - w) >> (64 - w); }
APX_INLINE constexpr i128 wrap(i128 v, int w) { return (i128)((u128)v << (128 - w)) >> (128 - w); }
APX_INLINE constexpr u128 wrap(u128 v, int w) { return v << (128 - w) >> (128 - w); }

// Shifts that are defined for every value and every n >= 0; what leaves the type is lost.
APX_INLINE constexpr int32_t shl(int32_t v, int n) { return n > 31 ? 0 : (int32_t)((uint32_t)v << n); }
APX_INLINE constexpr uint32_t shl(uint32_t v, int n) { return n > 31 ? 0 : v << n; }
APX_INLINE constexpr int64_t shl(int64_t v, int n) { return n > 63 ? 0 : (int64_t)((uint64_t)v << n); }
APX_INLINE constexpr uint64_t shl(uint64_t v, int n) { return n > 63 ? 0 : v << n; }
APX_INLINE constexpr i128 shl(i128 v, int n) { return n > 127 ? 0 : (i128)((u128)v << n); }
APX_INLINE constexpr u128 shl(u128 v, int n) { return n > 127 ? 0 : v << n; }
APX_INLINE constexpr int32_t shr(int32_t v, int n) { return v >> (n > 31 ? 31 : n); }
APX_INLINE constexpr uint32_t shr(uint32_t v, int n) { return n > 31 ? 0 : v >> n; }
APX_INLINE constexpr int64_t shr(int64_t v, int n) { return v >> (n > 63 ? 63 : n); }
APX_INLINE constexpr uint64_t shr(uint64_t v, int n) { return n > 63 ? 0 : v >> n; }
APX_INLINE constexpr i128 shr(i128 v, int n) { return v >> (n > 127 ? 127 : n); }
APX_INLINE constexpr u128 shr(u128 v, int n) { return n > 127 ? 0 : v >> n; }

// 2^n, exact for every n that a double can hold.
constexpr double pow2(int n) {
    return n < 0 ? 1.0 / pow2(-n) : n > 60 ? 1152921504606846976.0 * pow2(n - 60) : (double)(1LL << n);
}

} // namespace apx

#endif

// Quantisation and overflow: how an exact value becomes a number of a given type.
#ifndef HLSBUILD_AP_DETAIL_CONVERT_H
#define HLSBUILD_AP_DETAIL_CONVERT_H

#include "storage.h"

// What happens to bits below the last one. The values are part of the vendor's interface.
enum ap_q_mode {
    AP_RND,         // to nearest, ties toward plus infinity
    AP_RND_ZERO,    // to nearest, ties toward zero
    AP_RND_MIN_INF, // to nearest, ties toward minus infinity
    AP_RND_INF,     // to nearest, ties away from zero
    AP_RND_CONV,    // to nearest, ties to even
    AP_TRN,         // toward minus infinity
    AP_TRN_ZERO     // toward zero
};

// What happens to values out of range.
enum ap_o_mode {
    AP_SAT,      // the nearest bound
    AP_SAT_ZERO, // zero
    AP_SAT_SYM,  // the nearest of plus and minus the largest value
    AP_WRAP,     // the low bits; with N > 0 the upper N bits saturate
    AP_WRAP_SM   // sign-magnitude wrapping
};

namespace apx {

// x / 2^n as an integer, n > 0. T must be signed and hold |x| / 2^n + 1; n above the width of x may be cut to width +
// 2.
template <class T> APX_INLINE T quantise(T x, int n, ap_q_mode q) {
    const T floor = shr(x, n), rest = x - shl(floor, n), half = shl(T(1), n - 1);
    bool up = false;
    switch (q) {
    case AP_TRN: break;
    case AP_TRN_ZERO: up = x < T(0) && rest != T(0); break;
    case AP_RND: up = rest >= half; break;
    case AP_RND_ZERO: up = rest > half || (rest == half && x < T(0)); break;
    case AP_RND_MIN_INF: up = rest > half; break;
    case AP_RND_INF: up = rest > half || (rest == half && x >= T(0)); break;
    case AP_RND_CONV: up = rest > half || (rest == half && (floor & T(1)) != T(0)); break;
    }
    return up ? floor + T(1) : floor;
}

// Wrapping with n saturated upper bits, and sign-magnitude wrapping; v is out of range for w bits.
template <class T> T wrap_special(T v, int w, bool s, bool sign_magnitude, int n) {
    const T low = v & (shl(T(1), w) - T(1));
    const bool negative = v < T(0);
    if (!s) {
        if (n == 0) return low;
        const int kept = n < w ? w - n : 0;
        return (low & (shl(T(1), kept) - T(1))) | shl(shl(T(1), w - kept) - T(1), kept);
    }
    const bool lost = (shr(v, w) & T(1)) != T(0);
    if (n == 0) { // only sign-magnitude comes here: the sign is the lowest bit that is lost
        const bool top = (shr(v, w - 1) & T(1)) != T(0);
        return wrap(lost != top ? ~low : low, w);
    }
    // The sign is kept, the next n - 1 bits are its inverse, the rest are the low bits.
    const int kept = n < w ? w - n : 0;
    const T mask = shl(T(1), kept) - T(1);
    T rest = low & mask;
    if (sign_magnitude && kept > 0) {
        // Where the bit above the kept ones changes, they turn.
        const bool was = (shr(v, kept) & T(1)) != T(0), is = n == 1 ? negative : !negative;
        if (was != is) rest = ~rest & mask;
    }
    const T upper = shl(T(1), w - 1) - T(1) - mask;
    if (w - 1 < kept) return wrap(rest, w);
    return negative ? wrap(shl(T(1), w - 1) | rest, w) : (upper | rest);
}

// v as a number of w bits. T must be signed and hold at least w + 1 bits and v.
template <class T> APX_INLINE T overflow(T v, int w, bool s, ap_o_mode o, int n) {
    const T high = shl(T(1), s ? w - 1 : w) - T(1), low = s ? ~high : T(0);
    const bool above = v > high, below = v < low;
    switch (o) {
    case AP_SAT: return above ? high : below ? low : v;
    case AP_SAT_ZERO: return above || below ? T(0) : v;
    case AP_SAT_SYM: return above ? high : s && v <= low ? low + T(1) : below ? low : v;
    case AP_WRAP:
        if (n == 0) break;
        return above || below ? wrap_special(v, w, s, false, n) : v;
    case AP_WRAP_SM: return above || below ? wrap_special(v, w, s, true, n) : v;
    }
    return v; // plain wrapping: the caller cuts to w bits
}

// v at F1 fraction bits to a number <W2, F2, S2> under Q, O, N. V is the calculation type of <W1, S1>.
template <int W1, int F1, bool S1, int W2, int F2, bool S2, ap_q_mode Q, ap_o_mode O, int N> struct converter {
    static constexpr int drop = F1 > F2 ? F1 - F2 : 0, lift = F2 > F1 ? F2 - F1 : 0;
    static constexpr int n = drop > W1 + 2 ? W1 + 2 : drop; // beyond, all is less than a quarter of the last place
    static constexpr int w = W1 + lift > W2 ? W1 + lift : W2;
    typedef typename bits_of<w + 3, true>::calc work;
    typedef typename bits_of<W2, S2>::calc calc;
    typedef typename bits_of<W2, S2>::raw raw;

    template <class V> static APX_INLINE raw of(const V &v) {
        const work x = n ? quantise((work)v, n ? n : 1, Q) : shl((work)v, lift);
        return (raw)wrap((calc)overflow(x, W2, S2, O, N), W2);
    }
};
// The common case needs no room above: cutting bits and wrapping commute.
template <int W1, int F1, bool S1, int W2, int F2, bool S2>
struct converter<W1, F1, S1, W2, F2, S2, AP_TRN, AP_WRAP, 0> {
    typedef typename bits_of<W2, S2>::calc calc;
    typedef typename bits_of<W2, S2>::raw raw;
    template <class V> static APX_INLINE constexpr raw of(const V &v) {
        return (raw)wrap(F1 > F2 ? (calc)shr(v, F1 > F2 ? F1 - F2 : 0) : shl((calc)v, F1 > F2 ? 0 : F2 - F1), W2);
    }
};

// A double as sign * mantissa * 2^exponent; not-a-number counts as zero, infinity as a huge value.
struct unpacked {
    int64_t mantissa;
    int exponent;
    explicit unpacked(double d) {
        uint64_t u;
        __builtin_memcpy(&u, &d, sizeof u);
        const int e = (int)(u >> 52 & 2047);
        mantissa = (int64_t)(u & 0xFFFFFFFFFFFFFULL);
        if (e == 2047 && mantissa) mantissa = 0;
        if (e) mantissa |= 1LL << 52;
        exponent = (e ? e : 1) - 1075;
        if (u >> 63) mantissa = -mantissa;
    }
};

// Any double to any type; the way for wide types and for values that 64 bits do not hold. T has at least max(w + 60,
// 72) bits.
template <class T> T from_double(double d, int w, int f, bool s, ap_q_mode q, ap_o_mode o, int n) {
    const unpacked u(d);
    const int up = u.exponent + f;
    T v = T(u.mantissa);
    if (up >= 0) v = shl(v, up > w + 4 ? w + 4 : up); // all low w bits and the lowest lost one are zero from there on
    else v = quantise(v, up < -60 ? 60 : -up, q);
    return overflow(v, w, s, o, n);
}

// The rounding of a scaled double whose integer part t fits 62 bits; r is what is left, of the sign of the value.
constexpr int64_t round_part(int64_t t, double r, ap_q_mode q) {
    return q == AP_TRN        ? t - (r < 0)
         : q == AP_TRN_ZERO   ? t
         : q == AP_RND        ? t + (r >= 0.5) - (r < -0.5)
         : q == AP_RND_ZERO   ? t + (r > 0.5) - (r < -0.5)
         : q == AP_RND_MIN_INF ? t + (r > 0.5) - (r <= -0.5)
         : q == AP_RND_INF    ? t + (r >= 0.5) - (r <= -0.5)
                              : t + (r > 0.5 || (r == 0.5 && (t & 1))) - (r < -0.5 || (r == -0.5 && (t & 1)));
}

template <int W, int F, bool S> struct double_limits {
    static constexpr double scale = pow2(F);
    static constexpr double high = pow2(W - S) - 1, low = S ? -pow2(W - S) : 0;
};

// Constructors from double: evaluated at compile time when the rounded value is in range, which is how a table of
// literals becomes initialised data.
template <int W, int F, bool S, ap_q_mode Q, ap_o_mode O, int N, bool Narrow = (W <= 50 && F > -900 && F < 900)>
struct double_converter {
    typedef typename bits_of<W, S>::calc calc;
    static constexpr int64_t rounded(double t) { return round_part((int64_t)t, t - (double)(int64_t)t, Q); }
    typedef double_limits<W, F, S> limits;
    static constexpr bool fits(int64_t v) { return v >= (int64_t)limits::low && v <= (int64_t)limits::high; }
    static calc slow(double d) {
        return wrap((calc)from_double<i128>(d, W, F, S, Q, O, N), W);
    }
    static constexpr calc checked(int64_t v, double d) {
        return fits(v) && !(O == AP_SAT_SYM && S && v == (int64_t)limits::low) ? (calc)v : slow(d);
    }
    // With F < 0 a tiny value could vanish in the scaling, and with it its sign.
    static constexpr calc scaled(double t, double d) {
        return t > -4e18 && t < 4e18 && (F >= 0 || d > 1e-10 || d < -1e-10 || d == 0) ? checked(rounded(t), d)
                                                                                      : slow(d);
    }
    static constexpr calc of(double d) { return scaled(d * limits::scale, d); }
};
template <int W, int F, bool S, ap_q_mode Q, ap_o_mode O, int N> struct double_converter<W, F, S, Q, O, N, false> {
    typedef typename bits_of<W, S>::calc calc;
    typedef typename bits_of<(W > 12 ? W + 68 : 80), true>::calc work;
    static calc of(double d) { return wrap((calc)from_double<work>(d, W, F, S, Q, O, N), W); }
};

} // namespace apx

#endif

// Two's complement integers of more than 128 bits: N words of 64, least significant first. Plain and slow; such widths
// appear only as intermediates of very wide products.
#ifndef HLSBUILD_AP_DETAIL_WIDE_H
#define HLSBUILD_AP_DETAIL_WIDE_H

#include "storage.h"

namespace apx {

template <int N, bool S> struct wide {
    uint64_t w[N];

    wide() = default;
    APX_INLINE wide(int v) { fill((uint64_t)(int64_t)v, v < 0); }
    APX_INLINE wide(unsigned v) { fill(v, false); }
    APX_INLINE wide(long v) { fill((uint64_t)v, v < 0); }
    APX_INLINE wide(unsigned long v) { fill(v, false); }
    APX_INLINE wide(long long v) { fill((uint64_t)v, v < 0); }
    APX_INLINE wide(unsigned long long v) { fill(v, false); }
    wide(i128 v) {
        fill((uint64_t)v, v < 0);
        w[1] = (uint64_t)((u128)v >> 64);
    }
    wide(u128 v) {
        fill((uint64_t)v, false);
        w[1] = (uint64_t)(v >> 64);
    }
    template <int M, bool T> wide(const wide<M, T> &v) {
        for (int i = 0; i < N; i++) w[i] = i < M ? v.w[i] : v.negative() ? ~0ULL : 0;
    }

    bool negative() const { return S && (w[N - 1] >> 63); }
    APX_INLINE explicit operator uint64_t() const { return w[0]; }
    APX_INLINE explicit operator int64_t() const { return (int64_t)w[0]; }
    APX_INLINE explicit operator uint32_t() const { return (uint32_t)w[0]; }
    APX_INLINE explicit operator int32_t() const { return (int32_t)w[0]; }
    APX_INLINE explicit operator uint16_t() const { return (uint16_t)w[0]; }
    APX_INLINE explicit operator int16_t() const { return (int16_t)w[0]; }
    APX_INLINE explicit operator uint8_t() const { return (uint8_t)w[0]; }
    APX_INLINE explicit operator int8_t() const { return (int8_t)w[0]; }
    APX_INLINE explicit operator u128() const { return (u128)w[1] << 64 | w[0]; }
    APX_INLINE explicit operator i128() const { return (i128)((u128)w[1] << 64 | w[0]); }

    // To the nearest double, ties to even: the top 64 bits with everything below them folded into the last one.
    explicit operator double() const {
        wide m = negative() ? -*this : *this;
        int top = N - 1;
        while (top > 0 && !m.w[top]) top--;
        if (top == 0) return negative() ? -(double)m.w[0] : (double)m.w[0];
        int lead = __builtin_clzll(m.w[top]);
        uint64_t head = m.w[top] << lead | (lead ? m.w[top - 1] >> (64 - lead) : 0);
        uint64_t rest = lead ? m.w[top - 1] << lead : m.w[top - 1];
        for (int i = 0; i < top - 1; i++) rest |= m.w[i];
        double d = (double)(head | (rest != 0)) * pow2(64 * top - lead);
        return negative() ? -d : d;
    }

    wide operator~() const {
        wide r;
        for (int i = 0; i < N; i++) r.w[i] = ~w[i];
        return r;
    }
    wide operator-() const { return ~*this + wide(1); }
    bool operator!() const { return *this == wide(0); }

  private:
    APX_INLINE void fill(uint64_t low, bool sign) {
        w[0] = low;
        for (int i = 1; i < N; i++) w[i] = sign ? ~0ULL : 0;
    }
};

#define APX_WIDE_BITWISE(op)                                                                                           \
    template <int N, bool S> wide<N, S> operator op(const wide<N, S> &a, const wide<N, S> &b) {                        \
        wide<N, S> r;                                                                                                  \
        for (int i = 0; i < N; i++) r.w[i] = a.w[i] op b.w[i];                                                         \
        return r;                                                                                                      \
    }
APX_WIDE_BITWISE(&)
APX_WIDE_BITWISE(|)
APX_WIDE_BITWISE(^)
#undef APX_WIDE_BITWISE

template <int N, bool S> wide<N, S> operator+(const wide<N, S> &a, const wide<N, S> &b) {
    wide<N, S> r;
    u128 carry = 0;
    for (int i = 0; i < N; i++) {
        carry += (u128)a.w[i] + b.w[i];
        r.w[i] = (uint64_t)carry;
        carry >>= 64;
    }
    return r;
}

template <int N, bool S> wide<N, S> operator-(const wide<N, S> &a, const wide<N, S> &b) {
    return a + ~b + wide<N, S>(1);
}

template <int N, bool S> wide<N, S> operator*(const wide<N, S> &a, const wide<N, S> &b) {
    wide<N, S> r(0);
    for (int i = 0; i < N; i++) {
        u128 carry = 0;
        for (int j = 0; i + j < N; j++) {
            carry += (u128)a.w[i] * b.w[j] + r.w[i + j];
            r.w[i + j] = (uint64_t)carry;
            carry >>= 64;
        }
    }
    return r;
}

template <int N, bool S> wide<N, S> shl(const wide<N, S> &a, int n) {
    wide<N, S> r;
    const int words = n / 64, bits = n % 64;
    for (int i = N - 1; i >= 0; i--) {
        uint64_t high = i - words >= 0 ? a.w[i - words] : 0;
        uint64_t low = i - words - 1 >= 0 ? a.w[i - words - 1] : 0;
        r.w[i] = bits ? high << bits | low >> (64 - bits) : high;
    }
    return r;
}

template <int N, bool S> wide<N, S> shr(const wide<N, S> &a, int n) {
    wide<N, S> r;
    const uint64_t fill = a.negative() ? ~0ULL : 0;
    const int words = n / 64, bits = n % 64;
    for (int i = 0; i < N; i++) {
        uint64_t low = i + words < N ? a.w[i + words] : fill;
        uint64_t high = i + words + 1 < N ? a.w[i + words + 1] : fill;
        r.w[i] = bits ? low >> bits | high << (64 - bits) : low;
    }
    return r;
}

template <int N, bool S> wide<N, S> wrap(const wide<N, S> &a, int w) { return shr(shl(a, 64 * N - w), 64 * N - w); }

template <int N, bool S> bool operator==(const wide<N, S> &a, const wide<N, S> &b) {
    for (int i = 0; i < N; i++)
        if (a.w[i] != b.w[i]) return false;
    return true;
}
template <int N, bool S> bool operator<(const wide<N, S> &a, const wide<N, S> &b) {
    if (a.negative() != b.negative()) return a.negative();
    for (int i = N - 1; i >= 0; i--)
        if (a.w[i] != b.w[i]) return a.w[i] < b.w[i];
    return false;
}
template <int N, bool S> bool operator!=(const wide<N, S> &a, const wide<N, S> &b) { return !(a == b); }
template <int N, bool S> bool operator>(const wide<N, S> &a, const wide<N, S> &b) { return b < a; }
template <int N, bool S> bool operator<=(const wide<N, S> &a, const wide<N, S> &b) { return !(b < a); }
template <int N, bool S> bool operator>=(const wide<N, S> &a, const wide<N, S> &b) { return !(a < b); }

// Long division of magnitudes, one bit at a time; the quotient goes toward zero, the remainder has the dividend's sign.
template <int N, bool S> void divide(const wide<N, S> &a, const wide<N, S> &b, wide<N, S> &quotient, wide<N, S> &rest) {
    const wide<N, false> n(a.negative() ? -a : a), d(b.negative() ? -b : b);
    wide<N, false> q(0), r(0);
    for (int i = 64 * N - 1; i >= 0; i--) {
        r = shl(r, 1);
        r.w[0] |= n.w[i / 64] >> (i % 64) & 1;
        if (r >= d) {
            r = r - d;
            q.w[i / 64] |= 1ULL << (i % 64);
        }
    }
    quotient = wide<N, S>(q);
    rest = wide<N, S>(r);
    if (a.negative() != b.negative()) quotient = -quotient;
    if (a.negative()) rest = -rest;
}
template <int N, bool S> wide<N, S> operator/(const wide<N, S> &a, const wide<N, S> &b) {
    wide<N, S> q, r;
    divide(a, b, q, r);
    return q;
}
template <int N, bool S> wide<N, S> operator%(const wide<N, S> &a, const wide<N, S> &b) {
    wide<N, S> q, r;
    divide(a, b, q, r);
    return r;
}

} // namespace apx

#endif

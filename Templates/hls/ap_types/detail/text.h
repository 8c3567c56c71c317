// Numbers as text, without the standard library's streams and strings.
#ifndef HLSBUILD_AP_DETAIL_TEXT_H
#define HLSBUILD_AP_DETAIL_TEXT_H

#include "wide.h"
#include "traits.h"

namespace apx {

// A string of fixed capacity; what does not fit is cut off at the end.
struct text {
    char s[640];
    int n;

    text() : n(0) { s[0] = 0; }
    const char *c_str() const { return s; }
    int length() const { return n; }
    operator const char *() const { return s; }

    void add(char c) {
        if (n + 1 < (int)sizeof s) {
            s[n++] = c;
            s[n] = 0;
        }
    }

    // v of w bits with f fraction bits. Decimal shows the value, other radixes the bits.
    template <class T> static text of(const T &v, int w, int f, int radix) {
        text r;
        if (radix == 10) r.decimal(v, w, f);
        else r.digits(v, w, radix == 16 ? 4 : radix == 8 ? 3 : 1);
        return r;
    }

  private:
    template <class T> static bool bit(const T &v, int i) { return (shr(v, i) & T(1)) != T(0); }

    template <class T> void digits(const T &v, int w, int each) {
        for (int at = (w - 1) / each * each; at >= 0; at -= each) {
            int d = 0;
            for (int k = each - 1; k >= 0; k--) d = 2 * d + (at + k < w ? bit(v, at + k) : T(0) <= v ? 0 : 1);
            add("0123456789ABCDEF"[d]);
        }
    }

    // By digit arithmetic on an array of decimal digits: doubling for each bit, halving for each fraction bit.
    template <class T> void decimal(const T &v, int w, int f) {
        const int top = 400, size = 800;
        unsigned char d[size] = {0}; // d[top] is the units digit, lower indices are more significant
        const bool negative = v < T(0);
        for (int i = w - 1; i >= 0; i--) {
            // Of a negative number the magnitude is the complement of all bits, plus one.
            int carry = negative ? !bit(v, i) : bit(v, i);
            if (i == 0 && negative) carry += 1;
            for (int k = top; k >= 0; k--) {
                carry += 2 * d[k];
                d[k] = (unsigned char)(carry % 10);
                carry /= 10;
            }
        }
        for (int i = 0; i < -f; i++)
            for (int k = top, carry = 0; k >= 0; k--, carry /= 10) {
                carry += 2 * d[k];
                d[k] = (unsigned char)(carry % 10);
            }
        for (int i = 0; i < f; i++)
            for (int k = 0, rest = 0; k < size; k++) {
                const int x = 10 * rest + d[k];
                d[k] = (unsigned char)(x / 2);
                rest = x % 2;
            }
        if (negative) add('-');
        int first = 0, last = size - 1;
        while (first < top && !d[first]) first++;
        while (last > top && !d[last]) last--;
        for (int k = first; k <= last; k++) {
            if (k == top + 1) add('.');
            add((char)('0' + d[k]));
        }
    }
};

// Into any output stream: integers as decimal digits, fixed-point numbers as the stream prints a double.
template <class OS, int W, bool S>
typename only_if<sizeof(typename OS::char_type) != 0, OS>::type &operator<<(OS &os, const int_base<W, S> &x) {
    os << (const char *)x.to_string(10);
    return os;
}
template <class OS, int W, int I, bool S, ap_q_mode Q, ap_o_mode O, int N>
typename only_if<sizeof(typename OS::char_type) != 0, OS>::type &operator<<(OS &os,
                                                                            const fixed_base<W, I, S, Q, O, N> &x) {
    os << x.to_double();
    return os;
}

} // namespace apx

#endif

// Which types take part in arithmetic, and the type of every result.
#ifndef HLSBUILD_AP_DETAIL_TRAITS_H
#define HLSBUILD_AP_DETAIL_TRAITS_H

#include "convert.h"

namespace apx {

template <int W, bool S> struct int_base;
template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O, int N> struct fixed_base;
template <class X> struct range_ref;

#define APX_MAX(a, b) ((a) > (b) ? (a) : (b))
#define APX_MIN(a, b) ((a) < (b) ? (a) : (b))

// kind 0: no number; 1: a C integer; 2: an integer of this library; 3: a fixed-point number; 4: a floating C type.
template <class T> struct number { static constexpr int kind = 0; static constexpr bool ours = false; };
template <int K, int W_, int I_, bool S_> struct number_of {
    static constexpr int kind = K, W = W_, I = I_, F = W_ - I_;
    static constexpr bool S = S_, ours = K > 1;
};
template <> struct number<bool> : number_of<1, 1, 1, false> {};
template <> struct number<char> : number_of<1, 8, 8, (char(-1) < char(0))> {};
template <> struct number<signed char> : number_of<1, 8, 8, true> {};
template <> struct number<unsigned char> : number_of<1, 8, 8, false> {};
template <> struct number<short> : number_of<1, 16, 16, true> {};
template <> struct number<unsigned short> : number_of<1, 16, 16, false> {};
template <> struct number<int> : number_of<1, 32, 32, true> {};
template <> struct number<unsigned> : number_of<1, 32, 32, false> {};
template <> struct number<long> : number_of<1, 8 * sizeof(long), 8 * sizeof(long), true> {};
template <> struct number<unsigned long> : number_of<1, 8 * sizeof(long), 8 * sizeof(long), false> {};
template <> struct number<long long> : number_of<1, 64, 64, true> {};
template <> struct number<unsigned long long> : number_of<1, 64, 64, false> {};
template <> struct number<float> { static constexpr int kind = 4; static constexpr bool ours = false; };
template <> struct number<double> { static constexpr int kind = 4; static constexpr bool ours = false; };
template <int W, bool S> struct number<int_base<W, S>> : number_of<2, W, W, S> {};
template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O, int N>
struct number<fixed_base<W, I, S, Q, O, N>> : number_of<3, W, I, S> {};
template <class X> struct number<range_ref<X>> : number_of<2, number<X>::W, number<X>::W, false> {};

// How two operands combine: 2 as integers, 3 as fixed point, 0 not at all.
constexpr int combined(int a, int b) {
    return a == 0 || b == 0 || a == 4 || b == 4 || (a == 1 && b == 1) ? 0 : a == 3 || b == 3 ? 3 : 2;
}

template <class A, class B, int Kind = combined(number<A>::kind, number<B>::kind)> struct result {};

// Common to both kinds: the integer bits and the fraction bits that hold either operand.
template <class A, class B> struct joined {
    static constexpr bool S1 = number<A>::S, S2 = number<B>::S, S = S1 || S2;
    static constexpr int W1 = number<A>::W, I1 = number<A>::I, F1 = W1 - I1;
    static constexpr int W2 = number<B>::W, I2 = number<B>::I, F2 = W2 - I2;
    static constexpr int I = APX_MAX(I1 + (S2 && !S1), I2 + (S1 && !S2)), F = APX_MAX(F1, F2);
    typedef typename bits_of<I + F, S>::calc common;
};

template <class A, class B> struct result<A, B, 2> : joined<A, B> {
    typedef joined<A, B> J;
    static constexpr bool S1 = J::S1, S2 = J::S2;
    static constexpr int W1 = J::W1, W2 = J::W2, I = J::I;
    typedef int_base<I + 1, S1 || S2> sum;
    typedef int_base<I + 1, true> difference;
    typedef int_base<W1 + W2, S1 || S2> product;
    typedef int_base<W1 + S2, S1 || S2> quotient;
    typedef int_base<APX_MIN(W1, W2 + (!S2 && S1)), S1> remainder;
    typedef int_base<I, S1 || S2> logic;
    typedef bool comparison;
    static constexpr int divide_lift = 0;
    typedef typename bits_of<APX_MAX(W1, W2) + 1, S1 || S2>::calc divide_calc;
};
template <class A, class B> struct result<A, B, 3> : joined<A, B> {
    typedef joined<A, B> J;
    static constexpr bool S1 = J::S1, S2 = J::S2;
    static constexpr int W1 = J::W1, W2 = J::W2, I1 = J::I1, I2 = J::I2, F2 = J::F2, I = J::I, F = J::F;
    typedef fixed_base<I + F + 1, I + 1, S1 || S2, AP_TRN, AP_WRAP, 0> sum;
    typedef fixed_base<I + F + 1, I + 1, true, AP_TRN, AP_WRAP, 0> difference;
    typedef fixed_base<W1 + W2, I1 + I2, S1 || S2, AP_TRN, AP_WRAP, 0> product;
    typedef fixed_base<W1 + APX_MAX(F2, 0) + S2, I1 + F2 + S2, S1 || S2, AP_TRN, AP_WRAP, 0> quotient;
    typedef fixed_base<I + F, I, S1 || S2, AP_TRN, AP_WRAP, 0> logic;
    typedef bool comparison;
    static constexpr int divide_lift = APX_MAX(F2, 0);
    typedef typename bits_of<APX_MAX(W1 + divide_lift, W2) + 1, S1 || S2>::calc divide_calc;
};

// The C integer that an integer of W bits turns into.
template <int C, bool S> struct c_integer { typedef long long type; };
template <int C> struct c_integer<C, false> { typedef unsigned long long type; };
template <> struct c_integer<0, true> { typedef signed char type; };
template <> struct c_integer<0, false> { typedef unsigned char type; };
template <> struct c_integer<1, true> { typedef short type; };
template <> struct c_integer<1, false> { typedef unsigned short type; };
template <> struct c_integer<2, true> { typedef int type; };
template <> struct c_integer<2, false> { typedef unsigned type; };

template <bool C, class T> struct only_if {};
template <class T> struct only_if<true, T> { typedef T type; };

// The bits of an operand, as a built-in integer (or wide).
template <int W, bool S> APX_INLINE const typename bits_of<W, S>::raw &raw(const int_base<W, S> &x) { return x.V; }
template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O, int N>
APX_INLINE const typename bits_of<W, S>::raw &raw(const fixed_base<W, I, S, Q, O, N> &x) { return x.V; }
template <class T> APX_INLINE typename only_if<number<T>::kind == 1, T>::type raw(const T &x) { return x; }
template <class X> APX_INLINE typename bits_of<number<X>::W, false>::raw raw(const range_ref<X> &x) {
    return x.get().V;
}

} // namespace apx

#endif

// Fixed-point numbers for C simulation: ap_fixed<W, I, Q, O, N> and ap_ufixed<W, I, Q, O, N>.
//
// W bits, of which I stand before the point (I may be negative or above W). Written for this project and used where no
// vendor tool is installed; in synthesis, and in simulation with a vendor tool, the vendor's header of the same name
// takes its place. Sums, differences and products are exact; a quotient is cut toward zero; Q and O act on assignment
// only.
#ifndef HLSBUILD_AP_FIXED_H
#define HLSBUILD_AP_FIXED_H

#include "ap_int.h"

namespace apx {

template <int W_, int I_, bool S_, ap_q_mode Q_, ap_o_mode O_, int N_>
struct fixed_base : bit_access<fixed_base<W_, I_, S_, Q_, O_, N_>, W_, S_> {
    static_assert(W_ > 0 && W_ <= AP_INT_MAX_W, "a number has at least one bit and at most AP_INT_MAX_W");
    static constexpr int width = W_, iwidth = I_;
    static constexpr ap_q_mode qmode = Q_;
    static constexpr ap_o_mode omode = O_;
    static constexpr int F = W_ - I_;
    typedef typename bits_of<W_, S_>::raw raw_t;
    typedef typename bits_of<W_, S_>::calc calc_t;
    typedef fixed_base<W_ + 1, I_ + 1, true, AP_TRN, AP_WRAP, 0> negated_t;
    template <int W, int F1, bool S> struct from : converter<W, F1, S, W_, F, S_, Q_, O_, N_> {};
    typedef double_converter<W_, F, S_, Q_, O_, N_> from_real;

    raw_t V;

    fixed_base() = default;
    APX_INLINE constexpr fixed_base(int v) : V(small(v) ? lifted(v) : from<32, 0, true>::of(v)) {}
    APX_INLINE constexpr fixed_base(unsigned v) : V(small(v) ? lifted(v) : from<32, 0, false>::of(v)) {}
    APX_INLINE fixed_base(long v) : V(from<8 * sizeof(long), 0, true>::of(v)) {}
    APX_INLINE fixed_base(unsigned long v) : V(from<8 * sizeof(long), 0, false>::of(v)) {}
    APX_INLINE fixed_base(long long v) : V(from<64, 0, true>::of((int64_t)v)) {}
    APX_INLINE fixed_base(unsigned long long v) : V(from<64, 0, false>::of((uint64_t)v)) {}
    APX_INLINE constexpr fixed_base(double v) : V((raw_t)from_real::of(v)) {}
    template <int W, bool S> APX_INLINE fixed_base(const int_base<W, S> &v) : V(from<W, 0, S>::of(v.V)) {}
    template <class X> APX_INLINE fixed_base(const range_ref<X> &v) : V(from<number<X>::W, 0, false>::of(v.get().V)) {}
    template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O, int N>
    APX_INLINE fixed_base(const fixed_base<W, I, S, Q, O, N> &v) : V(from<W, W - I, S>::of(v.V)) {}

    template <class T, class = typename only_if<number<T>::kind == 1 || number<T>::kind == 4, T>::type>
    APX_INLINE operator T() const { return as((T *)0); }
    APX_INLINE int to_int() const { return (int)whole<32, true>(); }
    APX_INLINE unsigned to_uint() const { return (unsigned)whole<32, false>(); }
    APX_INLINE long to_long() const { return (long)whole<8 * sizeof(long), true>(); }
    APX_INLINE unsigned long to_ulong() const { return (unsigned long)whole<8 * sizeof(long), false>(); }
    APX_INLINE long long to_int64() const { return whole<64, true>(); }
    APX_INLINE unsigned long long to_uint64() const { return whole<64, false>(); }
    APX_INLINE double to_double() const { return (double)V * pow2(-F); }
    APX_INLINE float to_float() const { return (float)to_double(); }
    // The integer part, toward zero.
    int_base<(I_ > 1 ? I_ : 1), S_> to_ap_int_base() const { return int_base<(I_ > 1 ? I_ : 1), S_>(*this); }
    // Decimal (exact), or the bits in radix 2, 8 or 16 with no point.
    text to_string(int radix = 2) const { return text::of<calc_t>((calc_t)V, W_, F, radix); }

  private:
    // Integers that need neither rounding nor an overflow mode.
    static constexpr int64_t largest() {
        return I_ - S_ >= 32 ? 0xFFFFFFFFLL : I_ - S_ < 0 ? 0 : (1LL << (I_ - S_)) - 1;
    }
    static constexpr bool small(int64_t v) { return F >= 0 && v <= largest() && v >= (S_ ? -largest() : 0); }
    template <class T> static constexpr raw_t lifted(T v) { return (raw_t)shl((calc_t)v, F < 0 ? 0 : F); }
    template <int W, bool S> APX_INLINE typename bits_of<W, S>::raw whole() const {
        return converter<W_, F, S_, W, 0, S, AP_TRN_ZERO, AP_WRAP, 0>::of(V);
    }
    template <class T> APX_INLINE T as(T *) const { return (T)whole<number<T>::W, number<T>::S>(); }
    APX_INLINE bool as(bool *) const { return !!(calc_t)V; }
    APX_INLINE double as(double *) const { return to_double(); }
    APX_INLINE float as(float *) const { return to_float(); }
};

template <int W_, int I_, bool S_, ap_q_mode Q_, ap_o_mode O_, int N_>
constexpr int fixed_base<W_, I_, S_, Q_, O_, N_>::width;
template <int W_, int I_, bool S_, ap_q_mode Q_, ap_o_mode O_, int N_>
constexpr int fixed_base<W_, I_, S_, Q_, O_, N_>::iwidth;

} // namespace apx

template <int W, int I, ap_q_mode Q = AP_TRN, ap_o_mode O = AP_WRAP, int N = 0>
using ap_fixed = apx::fixed_base<W, I, true, Q, O, N>;
template <int W, int I, ap_q_mode Q = AP_TRN, ap_o_mode O = AP_WRAP, int N = 0>
using ap_ufixed = apx::fixed_base<W, I, false, Q, O, N>;
// The common base of both, by the vendor's name.
template <int W, int I, bool S = true, ap_q_mode Q = AP_TRN, ap_o_mode O = AP_WRAP, int N = 0>
using ap_fixed_base = apx::fixed_base<W, I, S, Q, O, N>;

#endif

// Integers of any width for C simulation: ap_int<W> and ap_uint<W>.
//
// Written for this project and used where no vendor tool is installed; in synthesis, and in simulation with a vendor
// tool, the vendor's header of the same name takes its place. Arithmetic never loses a bit: the result of an operation
// has the width that holds every case, and assignment wraps to the width of the target. What the vendor leaves
// undefined (uninitialised values, division by zero) is undefined here.
#ifndef HLSBUILD_AP_INT_H
#define HLSBUILD_AP_INT_H

#include "detail/operators.h"
#include "detail/text.h"

// The vendor's headers refuse wider numbers, and so do these. Who needs them defines it before the first include; the
// vendor takes up to 4096.
#ifndef AP_INT_MAX_W
#define AP_INT_MAX_W 1024
#endif

namespace apx {

template <int W_, bool S_> struct int_base : bit_access<int_base<W_, S_>, W_, S_> {
    static_assert(W_ > 0 && W_ <= AP_INT_MAX_W, "a number has at least one bit and at most AP_INT_MAX_W");
    static constexpr int width = W_;
    typedef typename bits_of<W_, S_>::raw raw_t;
    typedef typename bits_of<W_, S_>::calc calc_t;
    typedef int_base<W_ + 1, true> negated_t;
    typedef typename c_integer<APX_CLASS(W_), S_>::type c_int_t;

    raw_t V;

    int_base() = default;
    APX_INLINE constexpr int_base(int v) : V((raw_t)wrap((calc_t)v, W_)) {}
    APX_INLINE constexpr int_base(unsigned v) : V((raw_t)wrap((calc_t)v, W_)) {}
    APX_INLINE constexpr int_base(long v) : V((raw_t)wrap((calc_t)v, W_)) {}
    APX_INLINE constexpr int_base(unsigned long v) : V((raw_t)wrap((calc_t)v, W_)) {}
    APX_INLINE constexpr int_base(long long v) : V((raw_t)wrap((calc_t)v, W_)) {}
    APX_INLINE constexpr int_base(unsigned long long v) : V((raw_t)wrap((calc_t)v, W_)) {}
    // Toward zero.
    APX_INLINE constexpr int_base(double v) : V((raw_t)double_converter<W_, 0, S_, AP_TRN_ZERO, AP_WRAP, 0>::of(v)) {}
    template <int W, bool S> APX_INLINE int_base(const int_base<W, S> &v) : V((raw_t)wrap((calc_t)v.V, W_)) {}
    template <class X> APX_INLINE int_base(const range_ref<X> &v) : V((raw_t)wrap((calc_t)v.get().V, W_)) {}
    // Toward zero.
    template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O, int N>
    APX_INLINE int_base(const fixed_base<W, I, S, Q, O, N> &v)
        : V(converter<W, W - I, S, W_, 0, S_, AP_TRN_ZERO, AP_WRAP, 0>::of(v.V)) {}

    APX_INLINE operator c_int_t() const { return (c_int_t)V; }
    APX_INLINE int to_int() const { return (int)(int64_t)V; }
    APX_INLINE unsigned to_uint() const { return (unsigned)(uint64_t)V; }
    APX_INLINE long to_long() const { return (long)(int64_t)V; }
    APX_INLINE unsigned long to_ulong() const { return (unsigned long)(uint64_t)V; }
    APX_INLINE long long to_int64() const { return (int64_t)V; }
    APX_INLINE unsigned long long to_uint64() const { return (uint64_t)V; }
    APX_INLINE bool to_bool() const { return !!(calc_t)V; }
    APX_INLINE double to_double() const { return (double)V; }
    APX_INLINE float to_float() const { return (float)(double)V; }
    // Radix 2, 8, 10 or 16; two's complement digits except in radix 10.
    text to_string(int radix = 2) const { return text::of<calc_t>((calc_t)V, W_, 0, radix); }
};

template <int W_, bool S_> constexpr int int_base<W_, S_>::width;

} // namespace apx

template <int W> using ap_int = apx::int_base<W, true>;
template <int W> using ap_uint = apx::int_base<W, false>;
// The common base of both, by the vendor's name.
template <int W, bool S> using ap_int_base = apx::int_base<W, S>;

#endif

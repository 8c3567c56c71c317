// What the kernels share: the element of a stream, arithmetic on sizes, sums and maxima as balanced trees, and the
// feed of a time-multiplexed kernel.
//
// Conventions of all kernels in this folder
//   data_T, res_T  type of an input and an output: an element (arrays) or nnet::array<element, N> (streams)
//   CONFIG         a struct of `static const unsigned` sizes and of typedefs, written by the generator for one layer
//   INLINE         every kernel is inlined into the layer's wrapper, a plain function that the generator writes;
//                  PIPELINE and ALLOCATION belong to the wrapper: at function level they do not survive inlining
// Only what AMD's headers offer is used of ap_fixed, ap_int and hls::stream, so that the same text compiles in Vivado
// HLS, in Vitis HLS and with any C++11 compiler.
#ifndef NNET_COMMON_H_
#define NNET_COMMON_H_

#include "ap_fixed.h"
#include "ap_int.h"

namespace nnet {

// One element of a stream: the N channels of a pixel.
template <class T, unsigned N> struct array {
    typedef T value_type;
    static const unsigned size = N;

    T data[N];

    array() = default;
    array(const array &) = default;
    // All channels at once: what a tool makes of a copy of its own is a loop over a memory.
    array &operator=(const array &other) {
#pragma HLS INLINE
        for (unsigned i = 0; i < N; i++) {
#pragma HLS UNROLL
            data[i] = other.data[i];
        }
        return *this;
    }

    T &operator[](unsigned i) { return data[i]; }
    const T &operator[](unsigned i) const { return data[i]; }
};

// floor(log2 N) for N >= 1.
template <unsigned N> struct floor_log2 {
    static const unsigned value = 1 + floor_log2<N / 2>::value;
};
template <> struct floor_log2<1> {
    static const unsigned value = 0;
};

// ceil(log2 N) for N >= 1.
template <unsigned N> struct ceil_log2 {
    static const unsigned value = floor_log2<2 * N - 1>::value;
};

// The sum and the maximum of N values as a tree whose left part is the largest power of two below N. Each step is cast
// to T: with a saturating or rounding T the shape of the tree shows in the result.
template <class T, unsigned N> struct tree {
    static const unsigned left = 1u << floor_log2<N - 1>::value;

    static T sum(const T *x) {
#pragma HLS INLINE
        const T a = tree<T, left>::sum(x);
        const T b = tree<T, N - left>::sum(x + left);
        return a + b;
    }
    static T max(const T *x) {
#pragma HLS INLINE
        const T a = tree<T, left>::max(x);
        const T b = tree<T, N - left>::max(x + left);
        return a >= b ? a : b;
    }
};
template <class T> struct tree<T, 1> {
    static T sum(const T *x) {
#pragma HLS INLINE
        return x[0];
    }
    static T max(const T *x) {
#pragma HLS INLINE
        return x[0];
    }
};

// How the terms of one step join a sum that is kept from step to step, each sum cast to T.
//
//   in_order  one term after the other: what a T that saturates asks for
//   at_once   their own sum first, as a tree: one addition between two steps, whatever their number. The same values
//             where sums in T wrap, so that no order shows
struct in_order {
    template <class T, unsigned N> static void join(T &sum, const T terms[N]) {
#pragma HLS INLINE
        for (unsigned i = 0; i < N; i++) {
#pragma HLS UNROLL
            sum += terms[i];
        }
    }
};
struct at_once {
    template <class T, unsigned N> static void join(T &sum, const T terms[N]) {
#pragma HLS INLINE
        sum += tree<T, N>::sum(terms);
    }
};

// Moves an array by `step` places to its front; what leaves it is lost.
template <class T, unsigned N, unsigned step> void shift(T x[N]) {
#pragma HLS INLINE
    for (unsigned i = 0; i + step < N; i++) {
#pragma HLS UNROLL
        x[i] = x[i + step];
    }
}

// The inputs of a kernel that uses x[step], x[step + k], ... in its step-th cycle. In hardware the array moves by one
// place each cycle and the taps stay where they are: no multiplexer in front of a multiplier. A simulation indexes
// instead, which gives the same values without the moves; NNET_SHIFT_REGISTERS makes it move too.
#if defined(__SYNTHESIS__) && !defined(NNET_SHIFT_REGISTERS)
#define NNET_SHIFT_REGISTERS
#endif

template <class T, unsigned N> struct feed {
#ifdef NNET_SHIFT_REGISTERS
    static T &tap(T x[N], unsigned at, unsigned) {
#pragma HLS INLINE
        return x[at];
    }
    static void advance(T x[N]) {
#pragma HLS INLINE
        const T first = x[0];
        for (unsigned i = 0; i + 1 < N; i++) {
#pragma HLS UNROLL
            x[i] = x[i + 1];
        }
        x[N - 1] = first;
    }
#else
    static T &tap(T x[N], unsigned at, unsigned step) { return x[at + step]; }
    static void advance(T[N]) {}
#endif
};

} // namespace nnet

#endif

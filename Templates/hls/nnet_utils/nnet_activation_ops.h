// One element of every activation: the struct's `of` maps an input to an output. nnet_activation.h lists the formulas
// and applies them to arrays, nnet_activation_stream.h to streams.
#ifndef NNET_ACTIVATION_OPS_H_
#define NNET_ACTIVATION_OPS_H_

#include "nnet_common.h"

namespace nnet {

// trunc(x * N / 2^span_log2), toward zero, in as many bits as it can need. The factor N / 2^span_log2 is a constant
// whose only set bit is one where N is a power of two: no multiplier.
template <class X, unsigned N, int span_log2> struct table_position {
    static const int bits = floor_log2<N>::value + 1;
    typedef ap_ufixed<bits, bits - span_log2> factor_t;
    typedef decltype(X() * factor_t()) product_t;
    // At least two integer bits: the conversion of a pure fraction to an integer is not the same in all headers.
    static const int pad = product_t::iwidth < 2 ? 2 - product_t::iwidth : 0;
    typedef ap_fixed<product_t::width + pad + 1, product_t::iwidth + pad + 1> padded_t;
    typedef ap_int<product_t::iwidth + pad + bits + 2> type;

    static type of(const X &x) {
#pragma HLS INLINE
        factor_t factor = 0;
        factor(bits - 1, 0) = N;
        const padded_t product = x * factor;
        return type(product);
    }
};

// The entry for x of a table over [-2^span_log2 / 2, 2^span_log2 / 2).
template <class X, unsigned N, int span_log2> unsigned table_index_centred(const X &x) {
#pragma HLS INLINE
    typedef table_position<X, N, span_log2> P;
    const typename P::type i = P::of(x) + int(N / 2);
    if (i < 0) return 0;
    if (i > int(N - 1)) return N - 1;
    return i.to_uint();
}

// floor(x / 2^step_log2), in as many bits as it can need: the upper bits of x.
template <class X, int step_log2> struct table_bin {
    typedef ap_ufixed<1, 1 - step_log2> factor_t;
    typedef decltype(X() * factor_t()) product_t;
    static const int pad = product_t::iwidth < 2 ? 2 - product_t::iwidth : 0;
    static const int bits = product_t::iwidth + pad + 1;
    typedef ap_fixed<bits, bits> floor_t;
    typedef ap_int<bits> type;

    static type of(const X &x) {
#pragma HLS INLINE
        factor_t factor = 0;
        factor(0, 0) = 1;
        const floor_t bin = x * factor;
        return type(bin);
    }
};

// The entry for x of a table of N bins of width 2^step_log2, the first of which begins at first * 2^step_log2.
template <class X, unsigned N, int step_log2, int first> unsigned table_index_binned(const X &x) {
#pragma HLS INLINE
    const typename table_bin<X, step_log2>::type i = table_bin<X, step_log2>::of(x);
    if (i < first) return 0;
    if (i > first + int(N - 1)) return N - 1;
    return (i - first).to_uint();
}

// The entry for a negative x of a table of its magnitude over [0, 2^span_log2).
template <class X, unsigned N, int span_log2> unsigned table_index_negative(const X &x) {
#pragma HLS INLINE
    typedef decltype(-x) negated_t;
    typedef table_position<negated_t, N, span_log2> P;
    const typename P::type i = P::of(-x);
    if (i < 0) return 0;
    if (i > int(N - 1)) return N - 1;
    return i.to_uint();
}

struct linear_op {
    template <class X, class Y, class C> static Y of(const X &x) {
#pragma HLS INLINE
        return Y(x);
    }
};

struct relu_op {
    template <class X, class Y, class C> static Y of(const X &x) {
#pragma HLS INLINE
        if (x > 0) return Y(x);
        return Y(0);
    }
};

struct relu_max_op {
    template <class X, class Y, class C, class M> static Y of(const X &x, const M &max_value) {
#pragma HLS INLINE
        if (x < 0) return Y(0);
        if (x > max_value) return Y(max_value);
        return Y(x);
    }
};

struct relu_general_op {
    template <class X, class Y, class C, class M, class S, class T>
    static Y of(const X &x, const M &max_value, const S &slope, const T &threshold) {
#pragma HLS INLINE
        if (C::has_max && x >= max_value) return Y(max_value);
        if (x >= threshold) return Y(x);
        return Y(slope * (x - threshold));
    }
};

struct leaky_relu_op {
    template <class X, class Y, class C, class A> static Y of(const X &x, const A &alpha) {
#pragma HLS INLINE
        if (x > 0) return Y(x);
        return Y(alpha * x);
    }
};

struct thresholded_relu_op {
    template <class X, class Y, class C, class T> static Y of(const X &x, const T &theta) {
#pragma HLS INLINE
        if (x > theta) return Y(x);
        return Y(0);
    }
};

struct table_op {
    template <class X, class Y, class C> static Y of(const X &x, const typename C::table_t *table) {
#pragma HLS INLINE
        return Y(table[table_index_centred<X, C::table_size, C::span_log2>(x)]);
    }
};

struct table_lookup_op {
    template <class X, class Y, class C> static Y of(const X &x, const typename C::table_t *table) {
#pragma HLS INLINE
        return Y(table[table_index_binned<X, C::table_size, C::step_log2, C::first>(x)]);
    }
};

struct elu_op {
    template <class X, class Y, class C, class A>
    static Y of(const X &x, const A &alpha, const typename C::table_t *table) {
#pragma HLS INLINE
        if (x >= 0) return Y(x);
        return Y(alpha * table[table_index_negative<X, C::table_size, C::span_log2>(x)]);
    }
};

struct selu_op {
    template <class X, class Y, class C, class L>
    static Y of(const X &x, const L &lambda, const typename C::table_t *table) {
#pragma HLS INLINE
        if (x >= 0) return Y(lambda * x);
        return Y(table[table_index_negative<X, C::table_size, C::span_log2>(x)]);
    }
};

struct hard_sigmoid_op {
    template <class X, class Y, class C, class S, class T> static Y of(const X &x, const S &slope, const T &shift) {
#pragma HLS INLINE
        const decltype(slope * x + shift) v = slope * x + shift;
        if (v > 1) return Y(1);
        if (v < 0) return Y(0);
        return Y(v);
    }
};

struct hard_tanh_op {
    template <class X, class Y, class C, class S, class T> static Y of(const X &x, const S &slope, const T &shift) {
#pragma HLS INLINE
        const decltype(slope * x + shift) v = slope * x + shift;
        if (v > 1) return Y(1);
        if (v < 0) return Y(-1);
        return Y(2 * v - 1);
    }
};

// Minus one is written as zero in a result of one bit.
template <class Y> struct minus_one {
    static Y value() {
#pragma HLS INLINE
        return Y(-1);
    }
};
template <> struct minus_one<ap_uint<1> > {
    static ap_uint<1> value() {
#pragma HLS INLINE
        return ap_uint<1>(0);
    }
};

struct binary_tanh_op {
    template <class X, class Y, class C> static Y of(const X &x) {
#pragma HLS INLINE
        if (x >= 0) return Y(1);
        return minus_one<Y>::value();
    }
};

struct ternary_tanh_op {
    template <class X, class Y, class C> static Y of(const X &x) {
#pragma HLS INLINE
        const X twice = 2 * x;
        if (twice > 1) return Y(1);
        if (twice > -1) return Y(0);
        return Y(-1);
    }
};

struct unary_lut_op {
    template <class X, class Y, class C> static Y of(X x, const typename C::table_t *table) {
#pragma HLS INLINE
        const ap_uint<X::width> i = x(X::width - 1, 0);
        return Y(table[i.to_uint()]);
    }
};

} // namespace nnet

#endif

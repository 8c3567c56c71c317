// Softmax on arrays of n_in classes.
//
//   x, y    data_T[n_in], res_T[n_in]
//   CONFIG  n_in; exp_table_size, inv_table_size (powers of two)
//           stable, latency: exp_table_t, inv_table_t, inv_inp_t, accum_t; stable also inp_norm_t
//           scaled: exp_table_t, inv_table_t, accum_t, inp_norm_t; sum_growth
//           legacy: table_t, sum_t
//
//   softmax_stable    d_i = inp_norm_t(max x - x_i), e_i = accum_t(exp_table[top bits of d_i])
//                     s = inv_inp_t(sum e), y_i = res_T(e_i * inv_table[top bits of s])
//   softmax_scaled    the same with s = sum e = m * 2^k, 1 <= m < 2, k <= sum_growth,
//                     y_i = res_T(e_i * (inv_table[top bits of m behind the point] >> k))
//   softmax_latency   as stable with e_i = accum_t(exp_table[top bits of x_i])
//   softmax_legacy    s_i = sum_t(sum over j of exp_table[entry of x_j - x_i in [-8, 8)]), 1 for j = i;
//                     y_i = res_T(inv_table[clamp(trunc(s_i * N / 64), 0, N - 1)])
//   softmax_argmax    y_i = 1 for the first maximum, else 0
//
// Sums and maxima are balanced trees in accum_t (see nnet_common.h); the legacy sum runs over ascending j. The tables
// are constant arrays: entry k of exp_table belongs to the number whose upper bits are k and whose other bits are
// zero.
#ifndef NNET_SOFTMAX_H_
#define NNET_SOFTMAX_H_

#include "nnet_activation_ops.h"

namespace nnet {

// The upper log2(N) bits of x.
template <unsigned N, class X> unsigned top_bits(X x) {
#pragma HLS INLINE
    const int bits = floor_log2<N>::value;
    const ap_uint<bits> i = x(X::width - 1, X::width - bits);
    return i.to_uint();
}

// y = e / sum e by a table of reciprocals.
template <class res_T, class C>
void softmax_normalise(const typename C::accum_t e[C::n_in], res_T y[C::n_in],
                       const typename C::inv_table_t inv_table[C::inv_table_size]) {
#pragma HLS INLINE
    const typename C::inv_inp_t s = tree<typename C::accum_t, C::n_in>::sum(e);
    const typename C::inv_table_t inverse = inv_table[top_bits<C::inv_table_size>(s)];
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        y[i] = res_T(e[i] * inverse);
    }
}

// The same with a table of reciprocals of 1 <= m < 2, for a sum of at least 1.
template <class res_T, class C>
void softmax_normalise_scaled(const typename C::accum_t e[C::n_in], res_T y[C::n_in],
                              const typename C::inv_table_t inv_table[C::inv_table_size]) {
#pragma HLS INLINE
    const int point = C::accum_t::width - C::accum_t::iwidth;
    const int bits = floor_log2<C::inv_table_size>::value;
    const typename C::accum_t s = tree<typename C::accum_t, C::n_in>::sum(e);
    int k = 0;
    for (unsigned i = 1; i <= C::sum_growth; i++) {
#pragma HLS UNROLL
        if (s[point + i]) k = i;
    }
    const typename C::accum_t m = s >> k;
    const ap_uint<bits> digits = m(point - 1, point - bits);
    const typename C::inv_table_t inverse = inv_table[digits.to_uint()] >> k;
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        y[i] = res_T(e[i] * inverse);
    }
}

template <class data_T, class res_T, class C>
void softmax_scaled(const data_T x[C::n_in], res_T y[C::n_in],
                    const typename C::exp_table_t exp_table[C::exp_table_size],
                    const typename C::inv_table_t inv_table[C::inv_table_size]) {
#pragma HLS INLINE
    typename C::accum_t e[C::n_in];
#pragma HLS ARRAY_PARTITION variable=e complete
    const data_T max = tree<data_T, C::n_in>::max(x);
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        const typename C::inp_norm_t d = max - x[i];
        e[i] = exp_table[top_bits<C::exp_table_size>(d)];
    }
    softmax_normalise_scaled<res_T, C>(e, y, inv_table);
}

template <class data_T, class res_T, class C>
void softmax_stable(const data_T x[C::n_in], res_T y[C::n_in],
                    const typename C::exp_table_t exp_table[C::exp_table_size],
                    const typename C::inv_table_t inv_table[C::inv_table_size]) {
#pragma HLS INLINE
    typename C::accum_t e[C::n_in];
#pragma HLS ARRAY_PARTITION variable=e complete
    const data_T max = tree<data_T, C::n_in>::max(x);
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        const typename C::inp_norm_t d = max - x[i];
        e[i] = exp_table[top_bits<C::exp_table_size>(d)];
    }
    softmax_normalise<res_T, C>(e, y, inv_table);
}

template <class data_T, class res_T, class C>
void softmax_latency(const data_T x[C::n_in], res_T y[C::n_in],
                     const typename C::exp_table_t exp_table[C::exp_table_size],
                     const typename C::inv_table_t inv_table[C::inv_table_size]) {
#pragma HLS INLINE
    typename C::accum_t e[C::n_in];
#pragma HLS ARRAY_PARTITION variable=e complete
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        e[i] = exp_table[top_bits<C::exp_table_size>(x[i])];
    }
    softmax_normalise<res_T, C>(e, y, inv_table);
}

template <class data_T, class res_T, class C>
void softmax_legacy(const data_T x[C::n_in], res_T y[C::n_in], const typename C::table_t exp_table[C::exp_table_size],
                    const typename C::table_t inv_table[C::inv_table_size]) {
#pragma HLS INLINE
    typedef decltype(x[0] - x[0]) difference_t;
    typedef table_position<typename C::sum_t, C::inv_table_size, 6> P;
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        typename C::sum_t s = 0;
        for (unsigned j = 0; j < C::n_in; j++) {
#pragma HLS UNROLL
            const difference_t d = x[j] - x[i];
            if (j == i) s += typename C::sum_t(1);
            else s += exp_table[table_index_centred<difference_t, C::exp_table_size, 4>(d)];
        }
        const typename P::type k = P::of(s);
        const unsigned last = C::inv_table_size - 1;
        y[i] = res_T(inv_table[k < 0 ? 0u : k > int(last) ? last : k.to_uint()]);
    }
}

template <class data_T, class res_T, class C> void softmax_argmax(const data_T x[C::n_in], res_T y[C::n_in]) {
#pragma HLS INLINE
    const data_T max = tree<data_T, C::n_in>::max(x);
    bool found = false;
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        const bool first = !found && x[i] == max;
        y[i] = first ? res_T(1) : res_T(0);
        found = found || first;
    }
}

} // namespace nnet

#endif

// Batch normalisation on arrays, as scale and bias of each channel, and its fusions with a sign or a ternary step.
//
//   normalize               y_i = res_T(x_i * scale_c + bias_c), exact inside and cast once
//   normalize_binary_tanh   y_i = x_i >= threshold_c ? 1 : 0
//   normalize_ternary_tanh  y_i = x_i > high_c ? 1 : x_i <= low_c ? -1 : 0
//
//   x       data_T[n_in], channels last: c = i % n_chan
//   y       res_T[n_in]
//   scale, bias                CONFIG::scale_t, CONFIG::bias_t [n_chan]
//   threshold, high, low       data_T[n_chan]
//   CONFIG  n_in, n_chan (n_in where every element has its own); scale_t, bias_t
#ifndef NNET_BATCHNORM_H_
#define NNET_BATCHNORM_H_

#include "nnet_common.h"

namespace nnet {

template <class data_T, class res_T, class S, class B>
res_T normalize_one(const data_T &x, const S &scale, const B &bias) {
#pragma HLS INLINE
    return res_T(x * scale + bias);
}
template <class data_T, class res_T> res_T normalize_binary_one(const data_T &x, const data_T &threshold) {
#pragma HLS INLINE
    if (x >= threshold) return res_T(1);
    return res_T(0);
}
template <class data_T, class res_T>
res_T normalize_ternary_one(const data_T &x, const data_T &high, const data_T &low) {
#pragma HLS INLINE
    if (x > high) return res_T(1);
    if (x <= low) return res_T(-1);
    return res_T(0);
}

template <class data_T, class res_T, class C>
void normalize(const data_T x[C::n_in], res_T y[C::n_in], const typename C::scale_t scale[C::n_chan],
               const typename C::bias_t bias[C::n_chan]) {
#pragma HLS INLINE
    for (unsigned p = 0; p < C::n_in; p += C::n_chan) {
#pragma HLS UNROLL
        for (unsigned c = 0; c < C::n_chan; c++) {
#pragma HLS UNROLL
            y[p + c] = normalize_one<data_T, res_T>(x[p + c], scale[c], bias[c]);
        }
    }
}

template <class data_T, class res_T, class C>
void normalize_binary_tanh(const data_T x[C::n_in], res_T y[C::n_in], const data_T threshold[C::n_chan]) {
#pragma HLS INLINE
    for (unsigned p = 0; p < C::n_in; p += C::n_chan) {
#pragma HLS UNROLL
        for (unsigned c = 0; c < C::n_chan; c++) {
#pragma HLS UNROLL
            y[p + c] = normalize_binary_one<data_T, res_T>(x[p + c], threshold[c]);
        }
    }
}

template <class data_T, class res_T, class C>
void normalize_ternary_tanh(const data_T x[C::n_in], res_T y[C::n_in], const data_T high[C::n_chan],
                            const data_T low[C::n_chan]) {
#pragma HLS INLINE
    for (unsigned p = 0; p < C::n_in; p += C::n_chan) {
#pragma HLS UNROLL
        for (unsigned c = 0; c < C::n_chan; c++) {
#pragma HLS UNROLL
            y[p + c] = normalize_ternary_one<data_T, res_T>(x[p + c], high[c], low[c]);
        }
    }
}

} // namespace nnet

#endif

// Activations on arrays: y_i = f(x_i), cast once to res_T.
//
//   x       data_T[n_in]
//   y       res_T[n_in]
//   CONFIG  n_in, and where a table is used: table_size (N), span_log2 (s), table_t; table_lookup: first, step_log2 (w)
//
//   linear             x
//   relu               x > 0 ? x : 0
//   relu_max           x < 0 ? 0 : x > max_value ? max_value : x
//   relu_general       x >= max_value ? max_value : x >= threshold ? x : slope * (x - threshold); CONFIG::has_max
//   leaky_relu         x > 0 ? x : alpha * x
//   prelu              x > 0 ? x : alpha_c * x, c = i % CONFIG::n_alpha
//   thresholded_relu   x > theta ? x : 0
//   table_activation   table[clamp(trunc(x * N / 2^s) + N / 2, 0, N - 1)]: sigmoid, tanh, softplus, softsign, ...
//   table_lookup       table[clamp(floor(x / 2^w) - first, 0, N - 1)]: the same functions
//   elu                x >= 0 ? x : alpha * table[min(trunc(-x * N / 2^s), N - 1)]
//   selu               x >= 0 ? lambda * x : table[the same entry]
//   hard_sigmoid       clip(slope * x + shift, 0, 1)
//   hard_tanh          2 * clip(slope * x + shift, 0, 1) - 1
//   binary_tanh        x >= 0 ? 1 : -1; 1 and 0 if res_T is ap_uint<1>
//   ternary_tanh       t = data_T(2 * x): t > 1 ? 1 : t > -1 ? 0 : -1
//   unary_lut          table[the bits of x]
//
// trunc goes toward zero. Parameters have the type that the caller gives them; tables are constant arrays written by
// the generator, so that no elementary function is computed here.
#ifndef NNET_ACTIVATION_H_
#define NNET_ACTIVATION_H_

#include "nnet_activation_ops.h"

namespace nnet {

template <class data_T, class res_T, class C>
void linear(const data_T x[C::n_in], res_T y[C::n_in]) {
#pragma HLS INLINE
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        y[i] = linear_op::template of<data_T, res_T, C>(x[i]);
    }
}

template <class data_T, class res_T, class C>
void relu(const data_T x[C::n_in], res_T y[C::n_in]) {
#pragma HLS INLINE
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        y[i] = relu_op::template of<data_T, res_T, C>(x[i]);
    }
}

template <class data_T, class res_T, class C, class M>
void relu_max(const data_T x[C::n_in], res_T y[C::n_in], const M &max_value) {
#pragma HLS INLINE
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        y[i] = relu_max_op::template of<data_T, res_T, C>(x[i], max_value);
    }
}

template <class data_T, class res_T, class C, class M, class S, class T>
void relu_general(const data_T x[C::n_in], res_T y[C::n_in], const M &max_value, const S &slope, const T &threshold) {
#pragma HLS INLINE
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        y[i] = relu_general_op::template of<data_T, res_T, C>(x[i], max_value, slope, threshold);
    }
}

template <class data_T, class res_T, class C, class A>
void leaky_relu(const data_T x[C::n_in], res_T y[C::n_in], const A &alpha) {
#pragma HLS INLINE
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        y[i] = leaky_relu_op::template of<data_T, res_T, C>(x[i], alpha);
    }
}

template <class data_T, class res_T, class C, class T>
void thresholded_relu(const data_T x[C::n_in], res_T y[C::n_in], const T &theta) {
#pragma HLS INLINE
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        y[i] = thresholded_relu_op::template of<data_T, res_T, C>(x[i], theta);
    }
}

template <class data_T, class res_T, class C>
void table_activation(const data_T x[C::n_in], res_T y[C::n_in], const typename C::table_t table[C::table_size]) {
#pragma HLS INLINE
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        y[i] = table_op::template of<data_T, res_T, C>(x[i], table);
    }
}

template <class data_T, class res_T, class C>
void table_lookup(const data_T x[C::n_in], res_T y[C::n_in], const typename C::table_t table[C::table_size]) {
#pragma HLS INLINE
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        y[i] = table_lookup_op::template of<data_T, res_T, C>(x[i], table);
    }
}

template <class data_T, class res_T, class C, class A>
void elu(const data_T x[C::n_in], res_T y[C::n_in], const A &alpha, const typename C::table_t table[C::table_size]) {
#pragma HLS INLINE
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        y[i] = elu_op::template of<data_T, res_T, C>(x[i], alpha, table);
    }
}

template <class data_T, class res_T, class C, class L>
void selu(const data_T x[C::n_in], res_T y[C::n_in], const L &lambda, const typename C::table_t table[C::table_size]) {
#pragma HLS INLINE
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        y[i] = selu_op::template of<data_T, res_T, C>(x[i], lambda, table);
    }
}

template <class data_T, class res_T, class C, class S, class T>
void hard_sigmoid(const data_T x[C::n_in], res_T y[C::n_in], const S &slope, const T &shift) {
#pragma HLS INLINE
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        y[i] = hard_sigmoid_op::template of<data_T, res_T, C>(x[i], slope, shift);
    }
}

template <class data_T, class res_T, class C, class S, class T>
void hard_tanh(const data_T x[C::n_in], res_T y[C::n_in], const S &slope, const T &shift) {
#pragma HLS INLINE
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        y[i] = hard_tanh_op::template of<data_T, res_T, C>(x[i], slope, shift);
    }
}

template <class data_T, class res_T, class C>
void binary_tanh(const data_T x[C::n_in], res_T y[C::n_in]) {
#pragma HLS INLINE
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        y[i] = binary_tanh_op::template of<data_T, res_T, C>(x[i]);
    }
}

template <class data_T, class res_T, class C>
void ternary_tanh(const data_T x[C::n_in], res_T y[C::n_in]) {
#pragma HLS INLINE
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        y[i] = ternary_tanh_op::template of<data_T, res_T, C>(x[i]);
    }
}

template <class data_T, class res_T, class C>
void unary_lut(const data_T x[C::n_in], res_T y[C::n_in], const typename C::table_t table[C::table_size]) {
#pragma HLS INLINE
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        y[i] = unary_lut_op::template of<data_T, res_T, C>(x[i], table);
    }
}

template <class data_T, class res_T, class C, class A>
void prelu(const data_T x[C::n_in], res_T y[C::n_in], const A *alpha) {
#pragma HLS INLINE
    for (unsigned p = 0; p < C::n_in; p += C::n_alpha) {
#pragma HLS UNROLL
        for (unsigned c = 0; c < C::n_alpha; c++) {
#pragma HLS UNROLL
            y[p + c] = leaky_relu_op::template of<data_T, res_T, C>(x[p + c], alpha[c]);
        }
    }
}

} // namespace nnet

#endif

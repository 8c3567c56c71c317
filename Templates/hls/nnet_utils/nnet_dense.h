// Dense layers on arrays: y_j = res_T(acc_j), acc_j = the sum over i of x_i * w_ji, starting from b_j.
//
//   x       data_T[n_in]
//   w       CONFIG::weight_t[n_out * n_in], output-major: w[j * n_in + i]
//   b       CONFIG::bias_t[n_out]
//   y       res_T[n_out]
//   CONFIG  n_in, n_out, reuse_factor; weight_t, bias_t, accum_t; product (see nnet_product.h)
//
// Every product is cast to accum_t and so is every sum: acc = accum_t(acc + accum_t(x * w)). Where accum_t rounds or
// saturates the order of the terms shows, therefore it is part of each kernel's definition:
//
//   dense_latency      all at once, i ascending
//   dense_resource     n_in * n_out / reuse_factor multipliers used reuse_factor times. Up to n_in, reuse_factor
//                      divides n_in and the order is r, r + rf, r + 2 rf, ... for r = 0 ... rf - 1; above, it is a
//                      multiple of n_in that divides n_in * n_out, and the order is ascending. See
//                      nnet_dense_resource.h for what it takes beside that
//   dense_unrolled     the order of dense_resource with every weight a constant in the logic
//   dense_distributed  accum_t holds every partial sum exactly, so that no order shows: a balanced tree, one cast
#ifndef NNET_DENSE_H_
#define NNET_DENSE_H_

#include "nnet_product.h"

namespace nnet {

// The cast of a product to the accumulator.
template <class C, class X> typename C::accum_t dense_term(const X &x, const typename C::weight_t &w) {
#pragma HLS INLINE
    return typename C::accum_t(C::product::of(x, w));
}

// The cast of a sum to the result.
template <class res_T, class C> res_T dense_result(const typename C::accum_t &acc) {
#pragma HLS INLINE
    return res_T(C::product::template finish<C>(acc));
}

template <class data_T, class res_T, class C>
void dense_latency(const data_T x[C::n_in], res_T y[C::n_out], const typename C::weight_t w[C::n_in * C::n_out],
                   const typename C::bias_t b[C::n_out]) {
#pragma HLS INLINE
Outputs:
    for (unsigned j = 0; j < C::n_out; j++) {
#pragma HLS UNROLL
        typename C::accum_t acc = b[j];
    Inputs:
        for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
            acc += dense_term<C>(x[i], w[j * C::n_in + i]);
        }
        y[j] = dense_result<res_T, C>(acc);
    }
}

template <class data_T, class res_T, class C>
void dense_unrolled(const data_T x[C::n_in], res_T y[C::n_out], const typename C::weight_t w[C::n_in * C::n_out],
                    const typename C::bias_t b[C::n_out]) {
#pragma HLS INLINE
    const unsigned steps = C::reuse_factor < C::n_in ? C::reuse_factor : 1;
Outputs:
    for (unsigned j = 0; j < C::n_out; j++) {
#pragma HLS UNROLL
        typename C::accum_t acc = b[j];
    Steps:
        for (unsigned r = 0; r < steps; r++) {
#pragma HLS UNROLL
        Taps:
            for (unsigned t = 0; t < C::n_in / steps; t++) {
#pragma HLS UNROLL
                acc += dense_term<C>(x[t * steps + r], w[j * C::n_in + t * steps + r]);
            }
        }
        y[j] = dense_result<res_T, C>(acc);
    }
}

template <class data_T, class res_T, class C>
void dense_distributed(const data_T x[C::n_in], res_T y[C::n_out], const typename C::weight_t w[C::n_in * C::n_out],
                       const typename C::bias_t b[C::n_out]) {
#pragma HLS INLINE
Outputs:
    for (unsigned j = 0; j < C::n_out; j++) {
#pragma HLS UNROLL
        typename C::accum_t terms[C::n_in];
#pragma HLS ARRAY_PARTITION variable=terms complete
    Inputs:
        for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
            terms[i] = dense_term<C>(x[i], w[j * C::n_in + i]);
        }
        typename C::accum_t acc = b[j];
        acc += tree<typename C::accum_t, C::n_in>::sum(terms);
        y[j] = dense_result<res_T, C>(acc);
    }
}

} // namespace nnet

#include "nnet_dense_resource.h"

#endif

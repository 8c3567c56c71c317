// The sum, mean, maximum or minimum of n_terms elements of an array each: y_i = f(x_p, ...), p = start(i) + offset(t).
//
// A sum is made in accum_t, term by term; a mean is its quotient with n_terms, truncated toward zero at the last place of
// accum_t. Of the others accum_t is the type of x.
//
//   x       data_T[n_in]
//   y       res_T[n_out]
//   CONFIG  n_in, n_out, n_terms; start(i), offset(t); accum_t; function: one of the classes here
#ifndef NNET_REDUCE_H_
#define NNET_REDUCE_H_

#include "nnet_common.h"

namespace nnet {

struct reduce_sum {
    template <class C, class X> static typename C::accum_t first(const X &x) {
#pragma HLS INLINE
        return typename C::accum_t(x);
    }
    template <class C, class X> static typename C::accum_t next(const typename C::accum_t &all, const X &x) {
#pragma HLS INLINE
        return all + typename C::accum_t(x);
    }
    template <class C, class res_T> static res_T last(const typename C::accum_t &all) {
#pragma HLS INLINE
        return res_T(all);
    }
};
struct reduce_mean : reduce_sum {
    template <class C, class res_T> static res_T last(const typename C::accum_t &all) {
#pragma HLS INLINE
        return res_T(all / ap_uint<32>(C::n_terms));
    }
};
struct reduce_maximum : reduce_sum {
    template <class C, class X> static typename C::accum_t next(const typename C::accum_t &all, const X &x) {
#pragma HLS INLINE
        if (x > all) return x;
        return all;
    }
};
struct reduce_minimum : reduce_sum {
    template <class C, class X> static typename C::accum_t next(const typename C::accum_t &all, const X &x) {
#pragma HLS INLINE
        if (x < all) return x;
        return all;
    }
};

template <class data_T, class res_T, class C> res_T reduce_one(const data_T x[C::n_in], unsigned i) {
#pragma HLS INLINE
    typename C::accum_t all = C::function::template first<C>(x[C::start(i) + C::offset(0)]);
    for (unsigned t = 1; t < C::n_terms; t++) {
#pragma HLS UNROLL
        all = C::function::template next<C>(all, x[C::start(i) + C::offset(t)]);
    }
    return C::function::template last<C, res_T>(all);
}

template <class data_T, class res_T, class C> void reduce(const data_T x[C::n_in], res_T y[C::n_out]) {
#pragma HLS INLINE
    for (unsigned i = 0; i < C::n_out; i++) {
#pragma HLS UNROLL
        y[i] = reduce_one<data_T, res_T, C>(x, i);
    }
}

} // namespace nnet

#endif

// Dense layers on arrays by additions alone: CONFIG::sums adds up shifted inputs and sums, and casts each sum once.
//
//   x       data_T[n_in]
//   y       res_T[n_out]
//   CONFIG  n_in, n_out; sums<data_T, res_T>(x, y), the layer's own adder graph
#ifndef NNET_ADDERS_H_
#define NNET_ADDERS_H_

#include "nnet_common.h"

namespace nnet {

template <class data_T, class res_T, class C> void dense_adders(const data_T x[C::n_in], res_T y[C::n_out]) {
#pragma HLS INLINE
    C::template sums<data_T, res_T>(x, y);
}

// The same bits with the point elsewhere: x * 2^S.
template <int S, int W, int I> ap_fixed<W, I + S> scaled(const ap_fixed<W, I> &x) {
#pragma HLS INLINE
    ap_fixed<W, I + S> y;
    y.range(W - 1, 0) = x.range(W - 1, 0);
    return y;
}

template <int S, int W, int I> ap_ufixed<W, I + S> scaled(const ap_ufixed<W, I> &x) {
#pragma HLS INLINE
    ap_ufixed<W, I + S> y;
    y.range(W - 1, 0) = x.range(W - 1, 0);
    return y;
}

} // namespace nnet

#endif

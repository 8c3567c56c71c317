// Step functions on arrays: how many thresholds an element reaches says which value it becomes.
//
//   threshold_steps   y_i = value[v][k], k being how many of the thresholds [c] are no more than x_i
//
//   x          data_T[n_in], channels last: c = i % n_chan (n_chan 1: all elements have the same thresholds)
//   y          res_T[n_in]
//   threshold  CONFIG::threshold_t [n_chan * n_steps], ascending in each row
//   value      CONFIG::value_t [n_values * (n_steps + 1)]: one row for all channels (v = 0), or one for each (v = c)
//   CONFIG     n_in, n_chan, n_steps, n_values; threshold_t, value_t
#ifndef NNET_THRESHOLD_H_
#define NNET_THRESHOLD_H_

#include "nnet_common.h"

namespace nnet {

template <class C> struct threshold_op {
    template <class X, class Y>
    static Y of(const X &x, unsigned channel, const typename C::threshold_t *threshold,
                const typename C::value_t *value) {
#pragma HLS INLINE
        unsigned reached = 0;
        for (unsigned k = 0; k < C::n_steps; k++) {
#pragma HLS UNROLL
            if (x >= threshold[channel * C::n_steps + k]) reached = k + 1;
        }
        return Y(value[(C::n_values == 1 ? 0 : channel) * (C::n_steps + 1) + reached]);
    }
};

template <class data_T, class res_T, class C>
void threshold_steps(const data_T x[C::n_in], res_T y[C::n_in],
                     const typename C::threshold_t threshold[C::n_chan * C::n_steps],
                     const typename C::value_t value[C::n_values * (C::n_steps + 1)]) {
#pragma HLS INLINE
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        y[i] = threshold_op<C>::template of<data_T, res_T>(x[i], i % C::n_chan, threshold, value);
    }
}

} // namespace nnet

#endif

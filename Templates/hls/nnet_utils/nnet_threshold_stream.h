// Step functions on streams; the formulas are those of nnet_threshold.h.
//
//   x, y    hls::stream<nnet::array<T, N>>, hls::stream<nnet::array<R, N>>
//   CONFIG  n_chan: 1, N (thresholds for each channel) or n_in (for each element of the tensor)
#ifndef NNET_THRESHOLD_STREAM_H_
#define NNET_THRESHOLD_STREAM_H_

#include "nnet_stream.h"
#include "nnet_threshold.h"

namespace nnet {

template <class C> struct threshold_channels {
    template <class X, class Y>
    static void step(const X &in, Y &out, unsigned at, const typename C::threshold_t *threshold,
                     const typename C::value_t *value) {
#pragma HLS INLINE
        for (unsigned c = 0; c < X::size; c++) {
#pragma HLS UNROLL
            out[c] = threshold_op<C>::template of<typename X::value_type, typename Y::value_type>(
                in[c], (at + c) % C::n_chan, threshold, value);
        }
    }
};

template <class data_T, class res_T, class C>
void threshold_steps(hls::stream<data_T> &x, hls::stream<res_T> &y,
                     const typename C::threshold_t threshold[C::n_chan * C::n_steps],
                     const typename C::value_t value[C::n_values * (C::n_steps + 1)]) {
#pragma HLS INLINE
    elements<C::n_in / data_T::size>::template map_parts<threshold_channels<C>, C::n_chan>(x, y, threshold, value);
}

} // namespace nnet

#endif

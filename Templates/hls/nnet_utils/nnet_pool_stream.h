// Pooling on streams: pixels pass one after the other, row by row; see nnet_pool.h and nnet_conv_stream.h.
//
//   x, y    hls::stream<nnet::array<T, n_chan>>, hls::stream<nnet::array<R, n_chan>>
#ifndef NNET_POOL_STREAM_H_
#define NNET_POOL_STREAM_H_

#include "nnet_conv_stream.h"
#include "nnet_pool.h"

namespace nnet {

template <class data_T, class res_T, class C>
void pool_max(hls::stream<data_T> &x, hls::stream<res_T> &y, const typename C::padding_t &padding) {
#pragma HLS INLINE
    window_stream<conv_emit<pool_by_max, data_T, res_T, C>, pool_by_max::straight, data_T, res_T, C>(
        x, y, typename data_T::value_type(padding));
}

template <class data_T, class res_T, class C>
void pool_average(hls::stream<data_T> &x, hls::stream<res_T> &y,
                  const typename C::reciprocal_t reciprocal[C::n_in + 1]) {
#pragma HLS INLINE
    window_stream<conv_emit<pool_by_average, data_T, res_T, C>, pool_by_average::straight, data_T, res_T, C>(
        x, y, typename data_T::value_type(0), reciprocal);
}

} // namespace nnet

#endif

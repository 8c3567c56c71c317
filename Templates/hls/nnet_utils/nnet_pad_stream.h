// A number around the places of a tensor on streams; see nnet_pad.h. No row has to wait: a pixel leaves as it comes.
//
//   x, y    hls::stream<nnet::array<T, n_chan>>, hls::stream<nnet::array<R, n_chan>>
#ifndef NNET_PAD_STREAM_H_
#define NNET_PAD_STREAM_H_

#include "nnet_conv_stream.h"
#include "nnet_pad.h"

namespace nnet {

template <class data_T, class res_T, class C>
void pad_plane(hls::stream<data_T> &x, hls::stream<res_T> &y, const typename C::padding_t &padding) {
#pragma HLS INLINE
    window_stream<conv_emit<pad_by_copy, data_T, res_T, C>, pad_by_copy::straight, data_T, res_T, C>(
        x, y, typename data_T::value_type(padding));
}

} // namespace nnet

#endif

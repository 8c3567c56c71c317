// Dense layers on streams by additions alone: n_in / data_T::size stream elements are read, then the kernel of the same
// name in nnet_adders.h computes, then one stream element of n_out values is written.
//
//   x       hls::stream<nnet::array<T, N>>, N divides n_in
//   y       hls::stream<nnet::array<R, n_out>>
//   CONFIG and the numbers as in nnet_adders.h
#ifndef NNET_ADDERS_STREAM_H_
#define NNET_ADDERS_STREAM_H_

#include "nnet_adders.h"
#include "nnet_stream.h"

namespace nnet {

template <class data_T, class res_T, class C> void dense_adders(hls::stream<data_T> &x, hls::stream<res_T> &y) {
#pragma HLS INLINE
    typename data_T::value_type in[C::n_in];
#pragma HLS ARRAY_PARTITION variable=in complete
    typename res_T::value_type out[C::n_out];
#pragma HLS ARRAY_PARTITION variable=out complete
    read_tensor<data_T, C::n_in>(x, in);
    dense_adders<typename data_T::value_type, typename res_T::value_type, C>(in, out);
    write_element<res_T, C::n_out>(y, out);
}

} // namespace nnet

#endif

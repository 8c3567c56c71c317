// Dense layers on streams: n_in / data_T::size stream elements are read, then the kernel of the same name in
// nnet_dense.h computes, then one stream element of n_out values is written.
//
//   x       hls::stream<nnet::array<T, N>>, N divides n_in
//   y       hls::stream<nnet::array<R, n_out>>
//   w, b, CONFIG and the numbers as in nnet_dense.h
#ifndef NNET_DENSE_STREAM_H_
#define NNET_DENSE_STREAM_H_

#include "nnet_dense.h"
#include "nnet_stream.h"

namespace nnet {

template <class data_T, class res_T, class C>
void dense_latency(hls::stream<data_T> &x, hls::stream<res_T> &y, const typename C::weight_t w[C::n_in * C::n_out],
               const typename C::bias_t b[C::n_out]) {
#pragma HLS INLINE
    typename data_T::value_type in[C::n_in];
#pragma HLS ARRAY_PARTITION variable=in complete
    typename res_T::value_type out[C::n_out];
#pragma HLS ARRAY_PARTITION variable=out complete
    read_tensor<data_T, C::n_in>(x, in);
    dense_latency<typename data_T::value_type, typename res_T::value_type, C>(in, out, w, b);
    write_element<res_T, C::n_out>(y, out);
}

template <class data_T, class res_T, class C>
void dense_resource(hls::stream<data_T> &x, hls::stream<res_T> &y,
                    const typename C::weight_t w[C::n_in * C::n_out / C::reuse_factor][C::reuse_factor],
                    const typename C::bias_t b[C::n_out]) {
#pragma HLS INLINE
    typename data_T::value_type in[C::n_in];
#pragma HLS ARRAY_PARTITION variable=in complete
    typename res_T::value_type out[C::n_out];
#pragma HLS ARRAY_PARTITION variable=out complete
    read_tensor<data_T, C::n_in>(x, in);
    dense_resource<typename data_T::value_type, typename res_T::value_type, C>(in, out, w, b);
    write_element<res_T, C::n_out>(y, out);
}

template <class data_T, class res_T, class C>
void dense_unrolled(hls::stream<data_T> &x, hls::stream<res_T> &y, const typename C::weight_t w[C::n_in * C::n_out],
               const typename C::bias_t b[C::n_out]) {
#pragma HLS INLINE
    typename data_T::value_type in[C::n_in];
#pragma HLS ARRAY_PARTITION variable=in complete
    typename res_T::value_type out[C::n_out];
#pragma HLS ARRAY_PARTITION variable=out complete
    read_tensor<data_T, C::n_in>(x, in);
    dense_unrolled<typename data_T::value_type, typename res_T::value_type, C>(in, out, w, b);
    write_element<res_T, C::n_out>(y, out);
}

template <class data_T, class res_T, class C>
void dense_distributed(hls::stream<data_T> &x, hls::stream<res_T> &y, const typename C::weight_t w[C::n_in * C::n_out],
               const typename C::bias_t b[C::n_out]) {
#pragma HLS INLINE
    typename data_T::value_type in[C::n_in];
#pragma HLS ARRAY_PARTITION variable=in complete
    typename res_T::value_type out[C::n_out];
#pragma HLS ARRAY_PARTITION variable=out complete
    read_tensor<data_T, C::n_in>(x, in);
    dense_distributed<typename data_T::value_type, typename res_T::value_type, C>(in, out, w, b);
    write_element<res_T, C::n_out>(y, out);
}

} // namespace nnet

#endif

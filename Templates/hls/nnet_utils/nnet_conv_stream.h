// Convolutions on streams: pixels pass one after the other, row by row, and where a window is complete the dense kernel
// of the same name computes from what it sees. See nnet_conv.h for the sizes and for w and b.
//
//   x       hls::stream<nnet::array<T, n_chan>>
//   y       hls::stream<nnet::array<R, groups * n_out>>
//
// Padding passes as pixels of zeros that are not read from the stream. The pixels of the window are registers; the rows
// above wait in memories of one word a pixel, of which each is read and written once for every pixel.
#ifndef NNET_CONV_STREAM_H_
#define NNET_CONV_STREAM_H_

#include "nnet_conv.h"
#include "nnet_window_stream.h"

namespace nnet {

// What a complete window makes of what it sees.
template <class Kernel, class data_T, class res_T, class C> struct conv_emit {
    template <class... P>
    static void write(const typename data_T::value_type window[window_lines<C>::elements], hls::stream<res_T> &y,
                      unsigned row, unsigned column, P... p) {
#pragma HLS INLINE
        typename data_T::value_type seen[C::groups * C::n_in];
#pragma HLS ARRAY_PARTITION variable=seen complete
        typename res_T::value_type out[C::groups * C::n_out];
#pragma HLS ARRAY_PARTITION variable=out complete
        conv_window<typename data_T::value_type, C, window_lines<C>::row, 1>(window, seen);
        Kernel::template product<typename data_T::value_type, typename res_T::value_type, C>(seen, out, row, column,
                                                                                              p...);
        write_element<res_T, C::groups * C::n_out>(y, out);
    }
};

template <class data_T, class res_T, class C>
void conv_latency(hls::stream<data_T> &x, hls::stream<res_T> &y,
                  const typename C::weight_t w[C::groups * C::n_in * C::n_out],
                  const typename C::bias_t b[C::groups * C::n_out]) {
#pragma HLS INLINE
    window_stream<conv_emit<conv_by_latency, data_T, res_T, C>, conv_by_latency::straight, data_T, res_T, C>(
        x, y, typename data_T::value_type(0), w, b);
}

template <class data_T, class res_T, class C>
void conv_unrolled(hls::stream<data_T> &x, hls::stream<res_T> &y,
                   const typename C::weight_t w[C::groups * C::n_in * C::n_out],
                   const typename C::bias_t b[C::groups * C::n_out]) {
#pragma HLS INLINE
    window_stream<conv_emit<conv_by_unrolled, data_T, res_T, C>, conv_by_unrolled::straight, data_T, res_T, C>(
        x, y, typename data_T::value_type(0), w, b);
}

template <class data_T, class res_T, class C>
void conv_distributed(hls::stream<data_T> &x, hls::stream<res_T> &y,
                      const typename C::weight_t w[C::groups * C::n_in * C::n_out],
                      const typename C::bias_t b[C::groups * C::n_out]) {
#pragma HLS INLINE
    window_stream<conv_emit<conv_by_distributed, data_T, res_T, C>, conv_by_distributed::straight, data_T, res_T, C>(
        x, y, typename data_T::value_type(0), w, b);
}

template <class data_T, class res_T, class C>
void conv_adders(hls::stream<data_T> &x, hls::stream<res_T> &y) {
#pragma HLS INLINE
    window_stream<conv_emit<conv_by_adders, data_T, res_T, C>, conv_by_adders::straight, data_T, res_T, C>(
        x, y, typename data_T::value_type(0));
}

template <class data_T, class res_T, class C>
void conv_resource(hls::stream<data_T> &x, hls::stream<res_T> &y,
                   const typename C::weight_t w[C::groups * C::n_in * C::n_out / C::reuse_factor][C::reuse_factor],
                   const typename C::bias_t b[C::groups * C::n_out]) {
#pragma HLS INLINE
    window_stream<conv_emit<conv_by_resource, data_T, res_T, C>, conv_by_resource::straight, data_T, res_T, C>(
        x, y, typename data_T::value_type(0), w, b);
}

} // namespace nnet

#endif

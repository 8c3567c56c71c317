// Batch normalisation on streams; the formulas are those of nnet_batchnorm.h.
//
//   x, y    hls::stream<nnet::array<T, N>>, hls::stream<nnet::array<R, N>>
//   CONFIG  n_in, n_chan: N (one scale for each channel) or n_in (one for each element of the tensor)
//           reuse_factor: of normalize, in how many cycles it takes a stream element
#ifndef NNET_BATCHNORM_STREAM_H_
#define NNET_BATCHNORM_STREAM_H_

#include "nnet_batchnorm.h"
#include "nnet_stream.h"

namespace nnet {

struct normalize_step {
    template <class X, class Y, class S, class B>
    static void step(const X &in, Y &out, unsigned at, const S *scale, const B *bias) {
#pragma HLS INLINE
        for (unsigned c = 0; c < X::size; c++) {
#pragma HLS UNROLL
            out[c] = normalize_one<typename X::value_type, typename Y::value_type>(in[c], scale[at + c], bias[at + c]);
        }
    }
};
template <class data_T, class res_T, class C>
void normalize(hls::stream<data_T> &x, hls::stream<res_T> &y,
               const typename C::scale_t scale[C::n_chan], const typename C::bias_t bias[C::n_chan]) {
#pragma HLS INLINE
    elements<C::n_in / data_T::size, C::reuse_factor>::template map_parts<normalize_step, C::n_chan>(x, y, scale, bias);
}

struct normalize_binary_tanh_step {
    template <class X, class Y>
    static void step(const X &in, Y &out, unsigned at, const typename X::value_type *threshold) {
#pragma HLS INLINE
        for (unsigned c = 0; c < X::size; c++) {
#pragma HLS UNROLL
            out[c] = normalize_binary_one<typename X::value_type, typename Y::value_type>(in[c], threshold[at + c]);
        }
    }
};
template <class data_T, class res_T, class C>
void normalize_binary_tanh(hls::stream<data_T> &x, hls::stream<res_T> &y,
                           const typename data_T::value_type threshold[C::n_chan]) {
#pragma HLS INLINE
    elements<C::n_in / data_T::size>::template map_parts<normalize_binary_tanh_step, C::n_chan>(x, y, threshold);
}

struct normalize_ternary_tanh_step {
    template <class X, class Y>
    static void step(const X &in, Y &out, unsigned at, const typename X::value_type *high,
                     const typename X::value_type *low) {
#pragma HLS INLINE
        for (unsigned c = 0; c < X::size; c++) {
#pragma HLS UNROLL
            out[c] = normalize_ternary_one<typename X::value_type, typename Y::value_type>(in[c], high[at + c],
                                                                                           low[at + c]);
        }
    }
};
template <class data_T, class res_T, class C>
void normalize_ternary_tanh(hls::stream<data_T> &x, hls::stream<res_T> &y,
                            const typename data_T::value_type high[C::n_chan],
                            const typename data_T::value_type low[C::n_chan]) {
#pragma HLS INLINE
    elements<C::n_in / data_T::size>::template map_parts<normalize_ternary_tanh_step, C::n_chan>(x, y, high, low);
}

} // namespace nnet

#endif

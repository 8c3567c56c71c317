// Batch normalisation on streams; the formulas are those of nnet_batchnorm.h.
//
//   x, y    hls::stream<nnet::array<T, N>>, hls::stream<nnet::array<R, N>>
//   CONFIG  n_in, n_chan: N (one scale for each channel) or n_in (one for each element of the tensor)
#ifndef NNET_BATCHNORM_STREAM_H_
#define NNET_BATCHNORM_STREAM_H_

#include "nnet_batchnorm.h"
#include "nnet_stream.h"

namespace nnet {

template <class data_T, class res_T, class C>
void normalize(hls::stream<data_T> &x, hls::stream<res_T> &y, const typename C::scale_t scale[C::n_chan],
               const typename C::bias_t bias[C::n_chan]) {
#pragma HLS INLINE
    typedef typename data_T::value_type X;
    typedef typename res_T::value_type Y;
    unsigned at = 0; // the first parameter of this stream element
Elements:
    for (unsigned k = 0; k < C::n_in / data_T::size; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        res_T out;
        for (unsigned c = 0; c < data_T::size; c++) {
#pragma HLS UNROLL
            out[c] = normalize_one<X, Y>(in[c], scale[at + c], bias[at + c]);
        }
        y.write(out);
        at = at + data_T::size < C::n_chan ? at + data_T::size : 0;
    }
}

template <class data_T, class res_T, class C>
void normalize_binary_tanh(hls::stream<data_T> &x, hls::stream<res_T> &y,
                           const typename data_T::value_type threshold[C::n_chan]) {
#pragma HLS INLINE
    typedef typename data_T::value_type X;
    typedef typename res_T::value_type Y;
    unsigned at = 0; // the first parameter of this stream element
Elements:
    for (unsigned k = 0; k < C::n_in / data_T::size; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        res_T out;
        for (unsigned c = 0; c < data_T::size; c++) {
#pragma HLS UNROLL
            out[c] = normalize_binary_one<X, Y>(in[c], threshold[at + c]);
        }
        y.write(out);
        at = at + data_T::size < C::n_chan ? at + data_T::size : 0;
    }
}

template <class data_T, class res_T, class C>
void normalize_ternary_tanh(hls::stream<data_T> &x, hls::stream<res_T> &y,
                            const typename data_T::value_type high[C::n_chan],
                            const typename data_T::value_type low[C::n_chan]) {
#pragma HLS INLINE
    typedef typename data_T::value_type X;
    typedef typename res_T::value_type Y;
    unsigned at = 0; // the first parameter of this stream element
Elements:
    for (unsigned k = 0; k < C::n_in / data_T::size; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        res_T out;
        for (unsigned c = 0; c < data_T::size; c++) {
#pragma HLS UNROLL
            out[c] = normalize_ternary_one<X, Y>(in[c], high[at + c], low[at + c]);
        }
        y.write(out);
        at = at + data_T::size < C::n_chan ? at + data_T::size : 0;
    }
}

} // namespace nnet

#endif

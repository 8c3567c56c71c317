// Softmax on streams: each stream element holds all classes of one softmax. Formulas and CONFIG are those of
// nnet_softmax.h.
//
//   x, y    hls::stream<nnet::array<T, n_in>>, hls::stream<nnet::array<R, n_in>>
//   CONFIG  also n_elements: how many stream elements make a tensor
#ifndef NNET_SOFTMAX_STREAM_H_
#define NNET_SOFTMAX_STREAM_H_

#include "nnet_softmax.h"
#include "nnet_stream.h"

namespace nnet {

template <class data_T, class res_T, class C>
void softmax_stable(hls::stream<data_T> &x, hls::stream<res_T> &y,
                    const typename C::exp_table_t exp_table[C::exp_table_size],
                    const typename C::inv_table_t inv_table[C::inv_table_size]) {
#pragma HLS INLINE
    typedef typename data_T::value_type X;
    typedef typename res_T::value_type Y;
    for (unsigned k = 0; k < C::n_elements; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        res_T out;
        softmax_stable<X, Y, C>(in.data, out.data, exp_table, inv_table);
        y.write(out);
    }
}

template <class data_T, class res_T, class C>
void softmax_latency(hls::stream<data_T> &x, hls::stream<res_T> &y,
                     const typename C::exp_table_t exp_table[C::exp_table_size],
                     const typename C::inv_table_t inv_table[C::inv_table_size]) {
#pragma HLS INLINE
    typedef typename data_T::value_type X;
    typedef typename res_T::value_type Y;
    for (unsigned k = 0; k < C::n_elements; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        res_T out;
        softmax_latency<X, Y, C>(in.data, out.data, exp_table, inv_table);
        y.write(out);
    }
}

template <class data_T, class res_T, class C>
void softmax_legacy(hls::stream<data_T> &x, hls::stream<res_T> &y,
                    const typename C::table_t exp_table[C::exp_table_size],
                    const typename C::table_t inv_table[C::inv_table_size]) {
#pragma HLS INLINE
    typedef typename data_T::value_type X;
    typedef typename res_T::value_type Y;
    for (unsigned k = 0; k < C::n_elements; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        res_T out;
        softmax_legacy<X, Y, C>(in.data, out.data, exp_table, inv_table);
        y.write(out);
    }
}

template <class data_T, class res_T, class C>
void softmax_argmax(hls::stream<data_T> &x, hls::stream<res_T> &y) {
#pragma HLS INLINE
    typedef typename data_T::value_type X;
    typedef typename res_T::value_type Y;
    for (unsigned k = 0; k < C::n_elements; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        res_T out;
        softmax_argmax<X, Y, C>(in.data, out.data);
        y.write(out);
    }
}

} // namespace nnet

#endif

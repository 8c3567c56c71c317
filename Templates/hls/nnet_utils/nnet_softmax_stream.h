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

template <class C> struct softmax_stable_step {
    template <class X, class Y>
    static void step(const X &in, Y &out,
                     const typename C::exp_table_t *exp_table, const typename C::inv_table_t *inv_table) {
#pragma HLS INLINE
        softmax_stable<typename X::value_type, typename Y::value_type, C>(in.data, out.data, exp_table, inv_table);
    }
};
template <class data_T, class res_T, class C>
void softmax_stable(hls::stream<data_T> &x, hls::stream<res_T> &y,
                    const typename C::exp_table_t exp_table[C::exp_table_size],
                    const typename C::inv_table_t inv_table[C::inv_table_size]) {
#pragma HLS INLINE
    elements<C::n_elements>::template map<softmax_stable_step<C> >(x, y, exp_table, inv_table);
}

template <class C> struct softmax_scaled_step {
    template <class X, class Y>
    static void step(const X &in, Y &out,
                     const typename C::exp_table_t *exp_table, const typename C::inv_table_t *inv_table) {
#pragma HLS INLINE
        softmax_scaled<typename X::value_type, typename Y::value_type, C>(in.data, out.data, exp_table, inv_table);
    }
};
template <class data_T, class res_T, class C>
void softmax_scaled(hls::stream<data_T> &x, hls::stream<res_T> &y,
                    const typename C::exp_table_t exp_table[C::exp_table_size],
                    const typename C::inv_table_t inv_table[C::inv_table_size]) {
#pragma HLS INLINE
    elements<C::n_elements>::template map<softmax_scaled_step<C> >(x, y, exp_table, inv_table);
}

template <class C> struct softmax_latency_step {
    template <class X, class Y>
    static void step(const X &in, Y &out,
                     const typename C::exp_table_t *exp_table, const typename C::inv_table_t *inv_table) {
#pragma HLS INLINE
        softmax_latency<typename X::value_type, typename Y::value_type, C>(in.data, out.data, exp_table, inv_table);
    }
};
template <class data_T, class res_T, class C>
void softmax_latency(hls::stream<data_T> &x, hls::stream<res_T> &y,
                     const typename C::exp_table_t exp_table[C::exp_table_size],
                     const typename C::inv_table_t inv_table[C::inv_table_size]) {
#pragma HLS INLINE
    elements<C::n_elements>::template map<softmax_latency_step<C> >(x, y, exp_table, inv_table);
}

template <class C> struct softmax_legacy_step {
    template <class X, class Y>
    static void step(const X &in, Y &out,
                     const typename C::table_t *exp_table, const typename C::table_t *inv_table) {
#pragma HLS INLINE
        softmax_legacy<typename X::value_type, typename Y::value_type, C>(in.data, out.data, exp_table, inv_table);
    }
};
template <class data_T, class res_T, class C>
void softmax_legacy(hls::stream<data_T> &x, hls::stream<res_T> &y,
                    const typename C::table_t exp_table[C::exp_table_size],
                    const typename C::table_t inv_table[C::inv_table_size]) {
#pragma HLS INLINE
    elements<C::n_elements>::template map<softmax_legacy_step<C> >(x, y, exp_table, inv_table);
}

template <class C> struct softmax_argmax_step {
    template <class X, class Y>
    static void step(const X &in, Y &out) {
#pragma HLS INLINE
        softmax_argmax<typename X::value_type, typename Y::value_type, C>(in.data, out.data);
    }
};
template <class data_T, class res_T, class C>
void softmax_argmax(hls::stream<data_T> &x, hls::stream<res_T> &y) {
#pragma HLS INLINE
    elements<C::n_elements>::template map<softmax_argmax_step<C> >(x, y);
}

} // namespace nnet

#endif

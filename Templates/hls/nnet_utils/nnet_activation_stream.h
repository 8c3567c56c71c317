// Activations on streams: the formulas, parameters and CONFIG of nnet_activation.h, one stream element in each cycle.
//
//   x, y    hls::stream<nnet::array<T, N>>, hls::stream<nnet::array<R, N>>
//   CONFIG  n_in: elements of the whole tensor, that is n_in / N stream elements
//           reuse_factor: of prelu, in how many cycles it takes a stream element; all others take one in each
#ifndef NNET_ACTIVATION_STREAM_H_
#define NNET_ACTIVATION_STREAM_H_

#include "nnet_activation_ops.h"
#include "nnet_stream.h"

namespace nnet {

// One operation on every channel of a stream element.
template <class Op, class C> struct channels {
    template <class X, class Y, class... P> static void step(const X &in, Y &out, P... p) {
#pragma HLS INLINE
        for (unsigned c = 0; c < X::size; c++) {
#pragma HLS UNROLL
            out[c] = Op::template of<typename X::value_type, typename Y::value_type, C>(in[c], p...);
        }
    }
};

template <class data_T, class res_T, class C>
void linear(hls::stream<data_T> &x, hls::stream<res_T> &y) {
#pragma HLS INLINE
    elements<C::n_in / data_T::size>::template map<channels<linear_op, C> >(x, y);
}

template <class data_T, class res_T, class C>
void relu(hls::stream<data_T> &x, hls::stream<res_T> &y) {
#pragma HLS INLINE
    elements<C::n_in / data_T::size>::template map<channels<relu_op, C> >(x, y);
}

template <class data_T, class res_T, class C, class M>
void relu_max(hls::stream<data_T> &x, hls::stream<res_T> &y, const M &max_value) {
#pragma HLS INLINE
    elements<C::n_in / data_T::size>::template map<channels<relu_max_op, C> >(x, y, max_value);
}

template <class data_T, class res_T, class C, class M, class S, class T>
void relu_general(hls::stream<data_T> &x, hls::stream<res_T> &y, const M &max_value, const S &slope,
                  const T &threshold) {
#pragma HLS INLINE
    elements<C::n_in / data_T::size>::template map<channels<relu_general_op, C> >(x, y, max_value, slope, threshold);
}

template <class data_T, class res_T, class C, class A>
void leaky_relu(hls::stream<data_T> &x, hls::stream<res_T> &y, const A &alpha) {
#pragma HLS INLINE
    elements<C::n_in / data_T::size>::template map<channels<leaky_relu_op, C> >(x, y, alpha);
}

template <class data_T, class res_T, class C, class T>
void thresholded_relu(hls::stream<data_T> &x, hls::stream<res_T> &y, const T &theta) {
#pragma HLS INLINE
    elements<C::n_in / data_T::size>::template map<channels<thresholded_relu_op, C> >(x, y, theta);
}

template <class data_T, class res_T, class C>
void table_activation(hls::stream<data_T> &x, hls::stream<res_T> &y, const typename C::table_t table[C::table_size]) {
#pragma HLS INLINE
    elements<C::n_in / data_T::size>::template map<channels<table_op, C> >(x, y, table);
}

template <class data_T, class res_T, class C>
void table_lookup(hls::stream<data_T> &x, hls::stream<res_T> &y, const typename C::table_t table[C::table_size]) {
#pragma HLS INLINE
    elements<C::n_in / data_T::size>::template map<channels<table_lookup_op, C> >(x, y, table);
}

template <class data_T, class res_T, class C, class A>
void elu(hls::stream<data_T> &x, hls::stream<res_T> &y, const A &alpha,
         const typename C::table_t table[C::table_size]) {
#pragma HLS INLINE
    elements<C::n_in / data_T::size>::template map<channels<elu_op, C> >(x, y, alpha, table);
}

template <class data_T, class res_T, class C, class L>
void selu(hls::stream<data_T> &x, hls::stream<res_T> &y, const L &lambda,
          const typename C::table_t table[C::table_size]) {
#pragma HLS INLINE
    elements<C::n_in / data_T::size>::template map<channels<selu_op, C> >(x, y, lambda, table);
}

template <class data_T, class res_T, class C, class S, class T>
void hard_sigmoid(hls::stream<data_T> &x, hls::stream<res_T> &y, const S &slope, const T &shift) {
#pragma HLS INLINE
    elements<C::n_in / data_T::size>::template map<channels<hard_sigmoid_op, C> >(x, y, slope, shift);
}

template <class data_T, class res_T, class C, class S, class T>
void hard_tanh(hls::stream<data_T> &x, hls::stream<res_T> &y, const S &slope, const T &shift) {
#pragma HLS INLINE
    elements<C::n_in / data_T::size>::template map<channels<hard_tanh_op, C> >(x, y, slope, shift);
}

template <class data_T, class res_T, class C>
void binary_tanh(hls::stream<data_T> &x, hls::stream<res_T> &y) {
#pragma HLS INLINE
    elements<C::n_in / data_T::size>::template map<channels<binary_tanh_op, C> >(x, y);
}

template <class data_T, class res_T, class C>
void ternary_tanh(hls::stream<data_T> &x, hls::stream<res_T> &y) {
#pragma HLS INLINE
    elements<C::n_in / data_T::size>::template map<channels<ternary_tanh_op, C> >(x, y);
}

template <class data_T, class res_T, class C>
void unary_lut(hls::stream<data_T> &x, hls::stream<res_T> &y, const typename C::table_t table[C::table_size]) {
#pragma HLS INLINE
    elements<C::n_in / data_T::size>::template map<channels<unary_lut_op, C> >(x, y, table);
}

// A slope for each channel of a pixel or of the whole tensor.
template <class C> struct sloped_channels {
    template <class X, class Y, class A>
    static void step(const X &in, Y &out, unsigned at, const A *alpha) {
#pragma HLS INLINE
        for (unsigned c = 0; c < X::size; c++) {
#pragma HLS UNROLL
            out[c] =
                leaky_relu_op::template of<typename X::value_type, typename Y::value_type, C>(in[c], alpha[at + c]);
        }
    }
};

template <class data_T, class res_T, class C, class A>
void prelu(hls::stream<data_T> &x, hls::stream<res_T> &y, const A *alpha) {
#pragma HLS INLINE
    elements<C::n_in / data_T::size, C::reuse_factor>::template map_parts<sloped_channels<C>, C::n_alpha>(x, y, alpha);
}

} // namespace nnet

#endif

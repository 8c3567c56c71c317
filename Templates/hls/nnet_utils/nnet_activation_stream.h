// Activations on streams: the formulas, parameters and CONFIG of nnet_activation.h, one stream element in each cycle.
//
//   x, y    hls::stream<nnet::array<T, N>>, hls::stream<nnet::array<R, N>>
//   CONFIG  n_in: elements of the whole tensor, that is n_in / N stream elements
#ifndef NNET_ACTIVATION_STREAM_H_
#define NNET_ACTIVATION_STREAM_H_

#include "nnet_activation_ops.h"
#include "nnet_stream.h"

namespace nnet {

template <class data_T, class res_T, class C>
void linear(hls::stream<data_T> &x, hls::stream<res_T> &y) {
#pragma HLS INLINE
    typedef typename data_T::value_type X;
    typedef typename res_T::value_type Y;
    for (unsigned k = 0; k < C::n_in / data_T::size; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        res_T out;
        for (unsigned c = 0; c < data_T::size; c++) {
#pragma HLS UNROLL
            out[c] = linear_op::template of<X, Y, C>(in[c]);
        }
        y.write(out);
    }
}

template <class data_T, class res_T, class C>
void relu(hls::stream<data_T> &x, hls::stream<res_T> &y) {
#pragma HLS INLINE
    typedef typename data_T::value_type X;
    typedef typename res_T::value_type Y;
    for (unsigned k = 0; k < C::n_in / data_T::size; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        res_T out;
        for (unsigned c = 0; c < data_T::size; c++) {
#pragma HLS UNROLL
            out[c] = relu_op::template of<X, Y, C>(in[c]);
        }
        y.write(out);
    }
}

template <class data_T, class res_T, class C, class M>
void relu_max(hls::stream<data_T> &x, hls::stream<res_T> &y, const M &max_value) {
#pragma HLS INLINE
    typedef typename data_T::value_type X;
    typedef typename res_T::value_type Y;
    for (unsigned k = 0; k < C::n_in / data_T::size; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        res_T out;
        for (unsigned c = 0; c < data_T::size; c++) {
#pragma HLS UNROLL
            out[c] = relu_max_op::template of<X, Y, C>(in[c], max_value);
        }
        y.write(out);
    }
}

template <class data_T, class res_T, class C, class M, class S, class T>
void relu_general(hls::stream<data_T> &x, hls::stream<res_T> &y, const M &max_value, const S &slope,
                  const T &threshold) {
#pragma HLS INLINE
    typedef typename data_T::value_type X;
    typedef typename res_T::value_type Y;
    for (unsigned k = 0; k < C::n_in / data_T::size; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        res_T out;
        for (unsigned c = 0; c < data_T::size; c++) {
#pragma HLS UNROLL
            out[c] = relu_general_op::template of<X, Y, C>(in[c], max_value, slope, threshold);
        }
        y.write(out);
    }
}

template <class data_T, class res_T, class C, class A>
void leaky_relu(hls::stream<data_T> &x, hls::stream<res_T> &y, const A &alpha) {
#pragma HLS INLINE
    typedef typename data_T::value_type X;
    typedef typename res_T::value_type Y;
    for (unsigned k = 0; k < C::n_in / data_T::size; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        res_T out;
        for (unsigned c = 0; c < data_T::size; c++) {
#pragma HLS UNROLL
            out[c] = leaky_relu_op::template of<X, Y, C>(in[c], alpha);
        }
        y.write(out);
    }
}

template <class data_T, class res_T, class C, class T>
void thresholded_relu(hls::stream<data_T> &x, hls::stream<res_T> &y, const T &theta) {
#pragma HLS INLINE
    typedef typename data_T::value_type X;
    typedef typename res_T::value_type Y;
    for (unsigned k = 0; k < C::n_in / data_T::size; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        res_T out;
        for (unsigned c = 0; c < data_T::size; c++) {
#pragma HLS UNROLL
            out[c] = thresholded_relu_op::template of<X, Y, C>(in[c], theta);
        }
        y.write(out);
    }
}

template <class data_T, class res_T, class C>
void table_activation(hls::stream<data_T> &x, hls::stream<res_T> &y, const typename C::table_t table[C::table_size]) {
#pragma HLS INLINE
    typedef typename data_T::value_type X;
    typedef typename res_T::value_type Y;
    for (unsigned k = 0; k < C::n_in / data_T::size; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        res_T out;
        for (unsigned c = 0; c < data_T::size; c++) {
#pragma HLS UNROLL
            out[c] = table_op::template of<X, Y, C>(in[c], table);
        }
        y.write(out);
    }
}

template <class data_T, class res_T, class C, class A>
void elu(hls::stream<data_T> &x, hls::stream<res_T> &y, const A &alpha,
         const typename C::table_t table[C::table_size]) {
#pragma HLS INLINE
    typedef typename data_T::value_type X;
    typedef typename res_T::value_type Y;
    for (unsigned k = 0; k < C::n_in / data_T::size; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        res_T out;
        for (unsigned c = 0; c < data_T::size; c++) {
#pragma HLS UNROLL
            out[c] = elu_op::template of<X, Y, C>(in[c], alpha, table);
        }
        y.write(out);
    }
}

template <class data_T, class res_T, class C, class L>
void selu(hls::stream<data_T> &x, hls::stream<res_T> &y, const L &lambda,
          const typename C::table_t table[C::table_size]) {
#pragma HLS INLINE
    typedef typename data_T::value_type X;
    typedef typename res_T::value_type Y;
    for (unsigned k = 0; k < C::n_in / data_T::size; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        res_T out;
        for (unsigned c = 0; c < data_T::size; c++) {
#pragma HLS UNROLL
            out[c] = selu_op::template of<X, Y, C>(in[c], lambda, table);
        }
        y.write(out);
    }
}

template <class data_T, class res_T, class C, class S, class T>
void hard_sigmoid(hls::stream<data_T> &x, hls::stream<res_T> &y, const S &slope, const T &shift) {
#pragma HLS INLINE
    typedef typename data_T::value_type X;
    typedef typename res_T::value_type Y;
    for (unsigned k = 0; k < C::n_in / data_T::size; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        res_T out;
        for (unsigned c = 0; c < data_T::size; c++) {
#pragma HLS UNROLL
            out[c] = hard_sigmoid_op::template of<X, Y, C>(in[c], slope, shift);
        }
        y.write(out);
    }
}

template <class data_T, class res_T, class C, class S, class T>
void hard_tanh(hls::stream<data_T> &x, hls::stream<res_T> &y, const S &slope, const T &shift) {
#pragma HLS INLINE
    typedef typename data_T::value_type X;
    typedef typename res_T::value_type Y;
    for (unsigned k = 0; k < C::n_in / data_T::size; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        res_T out;
        for (unsigned c = 0; c < data_T::size; c++) {
#pragma HLS UNROLL
            out[c] = hard_tanh_op::template of<X, Y, C>(in[c], slope, shift);
        }
        y.write(out);
    }
}

template <class data_T, class res_T, class C>
void binary_tanh(hls::stream<data_T> &x, hls::stream<res_T> &y) {
#pragma HLS INLINE
    typedef typename data_T::value_type X;
    typedef typename res_T::value_type Y;
    for (unsigned k = 0; k < C::n_in / data_T::size; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        res_T out;
        for (unsigned c = 0; c < data_T::size; c++) {
#pragma HLS UNROLL
            out[c] = binary_tanh_op::template of<X, Y, C>(in[c]);
        }
        y.write(out);
    }
}

template <class data_T, class res_T, class C>
void ternary_tanh(hls::stream<data_T> &x, hls::stream<res_T> &y) {
#pragma HLS INLINE
    typedef typename data_T::value_type X;
    typedef typename res_T::value_type Y;
    for (unsigned k = 0; k < C::n_in / data_T::size; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        res_T out;
        for (unsigned c = 0; c < data_T::size; c++) {
#pragma HLS UNROLL
            out[c] = ternary_tanh_op::template of<X, Y, C>(in[c]);
        }
        y.write(out);
    }
}

template <class data_T, class res_T, class C>
void unary_lut(hls::stream<data_T> &x, hls::stream<res_T> &y, const typename C::table_t table[C::table_size]) {
#pragma HLS INLINE
    typedef typename data_T::value_type X;
    typedef typename res_T::value_type Y;
    for (unsigned k = 0; k < C::n_in / data_T::size; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        res_T out;
        for (unsigned c = 0; c < data_T::size; c++) {
#pragma HLS UNROLL
            out[c] = unary_lut_op::template of<X, Y, C>(in[c], table);
        }
        y.write(out);
    }
}

template <class data_T, class res_T, class C, class A>
void prelu(hls::stream<data_T> &x, hls::stream<res_T> &y, const A *alpha) {
#pragma HLS INLINE
    typedef typename data_T::value_type X;
    typedef typename res_T::value_type Y;
    unsigned at = 0; // the first parameter of this stream element
    for (unsigned k = 0; k < C::n_in / data_T::size; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        res_T out;
        for (unsigned c = 0; c < data_T::size; c++) {
#pragma HLS UNROLL
            out[c] = leaky_relu_op::template of<X, Y, C>(in[c], alpha[at + c]);
        }
        y.write(out);
        at = at + data_T::size < C::n_alpha ? at + data_T::size : 0;
    }
}

} // namespace nnet

#endif

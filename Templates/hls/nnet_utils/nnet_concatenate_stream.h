// Two streams behind each other.
//
//   x1, x2, y   hls::stream<nnet::array<...>>
//   CONFIG      that of nnet_concatenate.h; by_channel: whether each stream element of y holds the channels of one of x1
//               and then those of one of x2, else all are of one size and pass in runs
#ifndef NNET_CONCATENATE_STREAM_H_
#define NNET_CONCATENATE_STREAM_H_

#include "nnet_concatenate.h"
#include "nnet_stream.h"

namespace nnet {

// One stream element of each in, one out.
struct join_channels {
    template <class data1_T, class data2_T, class res_T>
    static void step(hls::stream<data1_T> &x1, hls::stream<data2_T> &x2, hls::stream<res_T> &y) {
#pragma HLS INLINE
        const data1_T first = x1.read();
        const data2_T second = x2.read();
        res_T out;
#ifdef __VITIS_HLS__
#pragma HLS ARRAY_PARTITION variable=first.data complete
#pragma HLS ARRAY_PARTITION variable=second.data complete
#pragma HLS ARRAY_PARTITION variable=out.data complete
#else
#pragma HLS DATA_PACK variable=first
#pragma HLS DATA_PACK variable=second
#pragma HLS DATA_PACK variable=out
#endif
        for (unsigned c = 0; c < data1_T::size; c++) {
#pragma HLS UNROLL
            out[c] = typename res_T::value_type(first[c]);
        }
        for (unsigned c = 0; c < data2_T::size; c++) {
#pragma HLS UNROLL
            out[data1_T::size + c] = typename res_T::value_type(second[c]);
        }
        y.write(out);
    }
};

struct copy_channels {
    template <class X, class Y> static void step(const X &in, Y &out) {
#pragma HLS INLINE
        for (unsigned c = 0; c < X::size; c++) {
#pragma HLS UNROLL
            out[c] = typename Y::value_type(in[c]);
        }
    }
};

// How two streams are joined: channel behind channel, n times.
template <bool by_channel, unsigned n, class C> struct joined {
    template <class data1_T, class data2_T, class res_T>
    static void write(hls::stream<data1_T> &x1, hls::stream<data2_T> &x2, hls::stream<res_T> &y) {
#pragma HLS INLINE
    Elements:
        for (unsigned k = 0; k < n; k++) {
#pragma HLS PIPELINE II=1
            join_channels::step(x1, x2, y);
        }
    }
};
// A single element has no loop: no tool can pipeline one that runs once.
template <class C> struct joined<true, 1, C> {
    template <class data1_T, class data2_T, class res_T>
    static void write(hls::stream<data1_T> &x1, hls::stream<data2_T> &x2, hls::stream<res_T> &y) {
#pragma HLS INLINE
        join_channels::step(x1, x2, y);
    }
};
// Run behind run, n times.
template <unsigned n, class C> struct joined<false, n, C> {
    template <class data1_T, class data2_T, class res_T>
    static void write(hls::stream<data1_T> &x1, hls::stream<data2_T> &x2, hls::stream<res_T> &y) {
#pragma HLS INLINE
        const unsigned first = C::n_run1 / data1_T::size;
        const unsigned all = first + C::n_run2 / data2_T::size;
        unsigned at = 0;
    Elements:
        for (unsigned k = 0; k < n * all; k++) {
#pragma HLS PIPELINE II=1
            if (at < first) {
                pass_element<copy_channels>(x1, y);
            } else {
                pass_element<copy_channels>(x2, y);
            }
            at = at + 1 < all ? at + 1 : 0;
        }
    }
};

template <class data1_T, class data2_T, class res_T, class C>
void concatenate(hls::stream<data1_T> &x1, hls::stream<data2_T> &x2, hls::stream<res_T> &y) {
#pragma HLS INLINE
    joined<C::by_channel, C::n_blocks, C>::template write<data1_T, data2_T, res_T>(x1, x2, y);
}

} // namespace nnet

#endif

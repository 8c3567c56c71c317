// Elements of a stream in another order.
//
//   x, y    hls::stream<nnet::array<T, N>>, hls::stream<nnet::array<R, M>>
//   CONFIG  n_in, n_out; way: one of the classes here, and what it asks of CONFIG
#ifndef NNET_REARRANGE_STREAM_H_
#define NNET_REARRANGE_STREAM_H_

#include "nnet_rearrange.h"
#include "nnet_stream.h"

namespace nnet {

// The channels of one stream element that are made of those of another, channel c of channel(c).
template <class C, class data_T, class res_T> struct rearrange_channels {
    static res_T of(const data_T &in) {
#pragma HLS INLINE
        res_T out;
#ifdef __VITIS_HLS__
#pragma HLS ARRAY_PARTITION variable=out.data complete
#else
#pragma HLS DATA_PACK variable=out
#endif
        for (unsigned c = 0; c < res_T::size; c++) {
#pragma HLS UNROLL
            out[c] = typename res_T::value_type(in[C::channel(c)]);
        }
        return out;
    }
};

// Stream elements pass or are dropped as they come: element k of y is made of element group(k) of x.
struct rearrange_passing {
    template <class C, class data_T, class res_T> static void run(hls::stream<data_T> &x, hls::stream<res_T> &y) {
#pragma HLS INLINE
        const unsigned n = C::n_out / res_T::size;
        unsigned made = 0;
    Elements:
        for (unsigned k = 0; k < C::n_in / data_T::size; k++) {
#pragma HLS PIPELINE II=1
            const data_T in = x.read();
#ifdef __VITIS_HLS__
#pragma HLS ARRAY_PARTITION variable=in.data complete
#else
#pragma HLS DATA_PACK variable=in
#endif
            if (made < n && k == C::group(made)) {
                y.write(rearrange_channels<C, data_T, res_T>::of(in));
                made++;
            }
        }
    }
};

// All stream elements are kept in a memory and read in another order, by group and channel.
struct rearrange_stored {
    template <class C, class data_T, class res_T> static void run(hls::stream<data_T> &x, hls::stream<res_T> &y) {
#pragma HLS INLINE
        data_T kept[C::n_in / data_T::size];
#ifndef __VITIS_HLS__
#pragma HLS DATA_PACK variable=kept
#endif
    Store:
        for (unsigned k = 0; k < C::n_in / data_T::size; k++) {
#pragma HLS PIPELINE II=1
            kept[k] = x.read();
        }
    Elements:
        for (unsigned k = 0; k < C::n_out / res_T::size; k++) {
#pragma HLS PIPELINE II=1
            const data_T in = kept[C::group(k)];
#ifdef __VITIS_HLS__
#pragma HLS ARRAY_PARTITION variable=in.data complete
#else
#pragma HLS DATA_PACK variable=in
#endif
            y.write(rearrange_channels<C, data_T, res_T>::of(in));
        }
    }
};

template <class data_T, class C> struct rearrange_maker {
    template <class res_T> static res_T of(unsigned i, const data_T *values) {
#pragma HLS INLINE
        return res_T(values[C::place(i)]);
    }
};
// All elements are kept in registers: element i of y is made of element place(i) of x.
struct rearrange_held {
    template <class C, class data_T, class res_T> static void run(hls::stream<data_T> &x, hls::stream<res_T> &y) {
#pragma HLS INLINE
        typedef typename data_T::value_type value_t;
        value_t values[C::n_in];
#pragma HLS ARRAY_PARTITION variable=values complete
        read_tensor<data_T, C::n_in>(x, values);
        writer<C::n_out / res_T::size>::template write<rearrange_maker<value_t, C>>(y, (const value_t *)values);
    }
};

template <class data_T, class res_T, class C> void rearrange(hls::stream<data_T> &x, hls::stream<res_T> &y) {
#pragma HLS INLINE
    C::way::template run<C>(x, y);
}

} // namespace nnet

#endif

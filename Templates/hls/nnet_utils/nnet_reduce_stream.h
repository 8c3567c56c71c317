// Reductions of a stream; functions and CONFIG are those of nnet_reduce.h.
//
//   x, y    hls::stream<nnet::array<T, N>>, hls::stream<nnet::array<R, M>>
//   CONFIG  way: one of the classes here
#ifndef NNET_REDUCE_STREAM_H_
#define NNET_REDUCE_STREAM_H_

#include "nnet_reduce.h"
#include "nnet_stream.h"

namespace nnet {

// Each channel over all positions, as they come; start and offset are not needed.
struct reduce_positions {
    template <class C, class data_T, class res_T> static void run(hls::stream<data_T> &x, hls::stream<res_T> &y) {
#pragma HLS INLINE
        typename C::accum_t all[data_T::size];
#pragma HLS ARRAY_PARTITION variable=all complete
    Positions:
        for (unsigned k = 0; k < C::n_terms; k++) {
#pragma HLS PIPELINE II=1
            const data_T in = x.read();
#ifdef __VITIS_HLS__
#pragma HLS ARRAY_PARTITION variable=in.data complete
#else
#pragma HLS DATA_PACK variable=in
#endif
            for (unsigned c = 0; c < data_T::size; c++) {
#pragma HLS UNROLL
                all[c] = k == 0 ? C::function::template first<C>(in[c]) : C::function::template next<C>(all[c], in[c]);
            }
        }
        typename res_T::value_type out[res_T::size];
#pragma HLS ARRAY_PARTITION variable=out complete
        for (unsigned c = 0; c < res_T::size; c++) {
#pragma HLS UNROLL
            out[c] = C::function::template last<C, typename res_T::value_type>(all[c]);
        }
        write_element<res_T, res_T::size>(y, out);
    }
};

template <class data_T, class C> struct reduce_maker {
    template <class res_T> static res_T of(unsigned i, const data_T *values) {
#pragma HLS INLINE
        return reduce_one<data_T, res_T, C>(values, i);
    }
};
// Any axes: all elements are kept in registers first.
struct reduce_held {
    template <class C, class data_T, class res_T> static void run(hls::stream<data_T> &x, hls::stream<res_T> &y) {
#pragma HLS INLINE
        typedef typename data_T::value_type value_t;
        value_t values[C::n_in];
#pragma HLS ARRAY_PARTITION variable=values complete
        read_tensor<data_T, C::n_in>(x, values);
        writer<C::n_out / res_T::size>::template write<reduce_maker<value_t, C>>(y, (const value_t *)values);
    }
};

template <class data_T, class res_T, class C> void reduce(hls::stream<data_T> &x, hls::stream<res_T> &y) {
#pragma HLS INLINE
    C::way::template run<C>(x, y);
}

} // namespace nnet

#endif

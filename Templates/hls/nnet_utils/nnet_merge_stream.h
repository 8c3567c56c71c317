// Two streams element by element; the functions are those of nnet_merge.h.
//
//   x1, x2, y   hls::stream<nnet::array<...>>
//   CONFIG      that of nnet_merge.h; holds1, holds2: whether a tensor is read whole before the first element is made,
//               else its stream elements are those of y
#ifndef NNET_MERGE_STREAM_H_
#define NNET_MERGE_STREAM_H_

#include "nnet_merge.h"
#include "nnet_stream.h"

namespace nnet {

// What a merge reads of one tensor: stream element by stream element, as it is needed.
template <class data_T, unsigned n_in, bool holds> struct merge_source {
    data_T in;

    void begin(hls::stream<data_T> &) {
#pragma HLS INLINE
    }
    void next(hls::stream<data_T> &x) {
#pragma HLS INLINE
        in = x.read();
    }
    typename data_T::value_type at(unsigned, unsigned c) const {
#pragma HLS INLINE
        return in[c];
    }
};
// The whole tensor, before the first element is made.
template <class data_T, unsigned n_in> struct merge_source<data_T, n_in, true> {
    typename data_T::value_type values[n_in];

    void begin(hls::stream<data_T> &x) {
#pragma HLS INLINE
        read_tensor<data_T, n_in>(x, values);
    }
    void next(hls::stream<data_T> &) {
#pragma HLS INLINE
    }
    typename data_T::value_type at(unsigned place, unsigned) const {
#pragma HLS INLINE
        return values[place];
    }
};

template <class data1_T, class data2_T, class res_T, class C>
void merge(hls::stream<data1_T> &x1, hls::stream<data2_T> &x2, hls::stream<res_T> &y) {
#pragma HLS INLINE
    merge_source<data1_T, C::n_in1, C::holds1> first;
    merge_source<data2_T, C::n_in2, C::holds2> second;
#pragma HLS ARRAY_PARTITION variable=first complete
#pragma HLS ARRAY_PARTITION variable=second complete
    first.begin(x1);
    second.begin(x2);
Elements:
    for (unsigned k = 0; k < C::n_out / res_T::size; k++) {
#pragma HLS PIPELINE II=1
        res_T out;
#ifdef __VITIS_HLS__
#pragma HLS ARRAY_PARTITION variable=out.data complete
#else
#pragma HLS DATA_PACK variable=out
#endif
        first.next(x1);
        second.next(x2);
        for (unsigned c = 0; c < res_T::size; c++) {
#pragma HLS UNROLL
            const unsigned i = k * res_T::size + c;
            out[c] = C::function::template of<typename res_T::value_type>(first.at(C::place1(i), c),
                                                                          second.at(C::place2(i), c));
        }
        y.write(out);
    }
}

} // namespace nnet

#endif

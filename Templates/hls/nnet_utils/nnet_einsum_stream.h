// Sums of products of two streams, both of which are read whole before the first sum is made; CONFIG is that of
// nnet_einsum.h.
//
//   x1, x2, y   hls::stream<nnet::array<...>>
#ifndef NNET_EINSUM_STREAM_H_
#define NNET_EINSUM_STREAM_H_

#include "nnet_einsum.h"
#include "nnet_stream.h"

namespace nnet {

template <class data1_T, class data2_T, class C> struct einsum_maker {
    template <class res_T> static res_T of(unsigned i, const data1_T *x1, const data2_T *x2) {
#pragma HLS INLINE
        return res_T(einsum_one<data1_T, data2_T, C>(x1, x2, i));
    }
};

template <class data1_T, class data2_T, class res_T, class C>
void einsum(hls::stream<data1_T> &x1, hls::stream<data2_T> &x2, hls::stream<res_T> &y) {
#pragma HLS INLINE
    typedef typename data1_T::value_type first_t;
    typedef typename data2_T::value_type second_t;
    first_t first[C::n_in1];
    second_t second[C::n_in2];
#pragma HLS ARRAY_PARTITION variable=first complete
#pragma HLS ARRAY_PARTITION variable=second complete
    read_tensor<data1_T, C::n_in1>(x1, first);
    read_tensor<data2_T, C::n_in2>(x2, second);
    writer<C::n_out / res_T::size>::template write<einsum_maker<first_t, second_t, C>>(y, (const first_t *)first, (const second_t *)second);
}

} // namespace nnet

#endif

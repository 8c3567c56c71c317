// Streams whose elements each have a type of their own: the parameters and CONFIG of nnet_cast.h, one stream element in
// each cycle.
//
//   x, y    hls::stream<nnet::array<T, N>>, hls::stream<nnet::array<R, N>>
#ifndef NNET_CAST_STREAM_H_
#define NNET_CAST_STREAM_H_

#include "nnet_stream.h"

namespace nnet {

// The channels of one stream element, the first of which has the type of place `at`.
template <class C> struct cast_channels {
    template <class X, class Y> static void step(const X &in, Y &out, unsigned at) {
#pragma HLS INLINE
        for (unsigned c = 0; c < X::size; c++) {
#pragma HLS UNROLL
            out[c] = C::cast(in[c], at + c);
        }
    }
};

template <class data_T, class res_T, class C>
void cast_elements(hls::stream<data_T> &x, hls::stream<res_T> &y) {
#pragma HLS INLINE
    elements<C::n_in / data_T::size>::template map_parts<cast_channels<C>, C::n_types>(x, y);
}

} // namespace nnet

#endif

// Squares on streams: the formula and CONFIG of nnet_square.h, one stream element in each cycle.
//
//   x, y    hls::stream<nnet::array<T, N>>, hls::stream<nnet::array<R, N>>
#ifndef NNET_SQUARE_STREAM_H_
#define NNET_SQUARE_STREAM_H_

#include "nnet_stream.h"

namespace nnet {

struct square_channels {
    template <class X, class Y> static void step(hls::stream<X> &x, hls::stream<Y> &y) {
#pragma HLS INLINE
        const X in = x.read();
        Y out;
        for (unsigned c = 0; c < X::size; c++) {
#pragma HLS UNROLL
            out[c] = in[c] * in[c];
        }
        y.write(out);
    }
};

template <class data_T, class res_T, class C>
void square(hls::stream<data_T> &x, hls::stream<res_T> &y) {
#pragma HLS INLINE
    elements<C::n_in / data_T::size>::template map<square_channels>(x, y);
}

} // namespace nnet

#endif

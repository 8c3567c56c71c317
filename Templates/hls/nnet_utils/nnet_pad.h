// A number around the places of a tensor on arrays; the sizes are those of nnet_conv.h with a window of one element.
//
//   x        data_T[in_height * in_width * n_chan]
//   y        res_T[out_height * out_width * n_chan]
//   padding  what stands where the input has nothing
#ifndef NNET_PAD_H_
#define NNET_PAD_H_

#include "nnet_conv.h"

namespace nnet {

struct pad_by_copy {
    static const bool straight = true;
    template <class data_T, class res_T, class C>
    static void product(const data_T x[C::n_in], res_T y[C::n_out], unsigned, unsigned) {
#pragma HLS INLINE
        for (unsigned c = 0; c < C::n_in; c++) {
#pragma HLS UNROLL
            y[c] = res_T(x[c]);
        }
    }
};

template <class data_T, class res_T, class C>
void pad_plane(const data_T x[C::in_height * C::in_width * C::n_chan], res_T y[C::out_height * C::out_width * C::n_chan],
               const typename C::padding_t &padding) {
#pragma HLS INLINE
    conv_positions<(conv_plane<C>::turns > 1)>::template run<pad_by_copy, data_T, res_T, C>(x, y, data_T(padding));
}

} // namespace nnet

#endif

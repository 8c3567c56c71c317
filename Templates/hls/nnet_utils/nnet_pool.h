// Pooling on arrays, channel by channel; the sizes are those of nnet_conv.h with every channel a group of its own: n_in
// elements in a window, one result.
//
//   x           data_T[in_height * in_width * n_chan]
//   y           res_T[out_height * out_width * n_chan]
//   pool_max    padding: a number that none is smaller than
//   pool_average  reciprocal: for each number of elements c that a window may see, ceil(2^reciprocal_bits / c)
//   CONFIG      of pool_average: accum_t, of the sum, and sum_bits, its width; raw_t, an integer of its bits; guard_bits:
//               bits that the quotient has beyond it; mean_t, of the quotient, and mean_bits; magnitude_bits: of the sum
//               without its sign; floors: whether quotients are rounded down, else toward zero; counts_padding: whether
//               padding counts as zeros
#ifndef NNET_POOL_H_
#define NNET_POOL_H_

#include "nnet_conv.h"

namespace nnet {

struct pool_by_max {
    static const bool straight = true;
    template <class data_T, class res_T, class C>
    static void product(const data_T x[C::groups * C::n_in], res_T y[C::groups], unsigned, unsigned) {
#pragma HLS INLINE
        for (unsigned g = 0; g < C::groups; g++) {
#pragma HLS UNROLL
            y[g] = res_T(tree<data_T, C::n_in>::max(x + g * C::n_in));
        }
    }
};

// How many elements of the input the window at a place sees.
template <class C> unsigned pool_count(unsigned row, unsigned column) {
#pragma HLS INLINE
    unsigned rows = 0, columns = 0;
    for (unsigned r = 0; r < C::kernel_height; r++) {
#pragma HLS UNROLL
        // In front of the input the difference is a huge number.
        if (row * C::stride_height + r * C::dilation_height - C::pad_top < C::in_height) rows++;
    }
    for (unsigned k = 0; k < C::kernel_width; k++) {
#pragma HLS UNROLL
        if (column * C::stride_width + k * C::dilation_width - C::pad_left < C::in_width) columns++;
    }
    const unsigned all = C::n_in; // a copy: the constant has no address
    return C::counts_padding ? all : rows * columns;
}

// The sum over the number of its elements.
template <class C>
typename C::mean_t pool_mean(const typename C::accum_t &sum, const typename C::reciprocal_t &reciprocal, unsigned count) {
#pragma HLS INLINE
    // Signed, as the places of bits are.
    const int sum_top = C::sum_bits - 1, mean_top = C::mean_bits - 1;
    const int lift = C::guard_bits, drop = C::reciprocal_bits;
    typename C::raw_t raw;
    raw.range(sum_top, 0) = sum.range(sum_top, 0);
    const bool is_negative = raw < 0;
    ap_uint<C::magnitude_bits> magnitude = raw;
    if (is_negative) magnitude = -raw;
    magnitude = magnitude << lift;
    if (C::floors && is_negative) magnitude += count - 1;
    const ap_uint<C::magnitude_bits> quotient = (magnitude * reciprocal) >> drop;
    ap_int<C::magnitude_bits + 1> result = quotient;
    if (is_negative) result = -result;
    typename C::mean_t mean;
    mean.range(mean_top, 0) = result.range(mean_top, 0);
    return mean;
}

struct pool_by_average {
    static const bool straight = true;
    template <class data_T, class res_T, class C>
    static void product(const data_T x[C::groups * C::n_in], res_T y[C::groups], unsigned row, unsigned column,
                        const typename C::reciprocal_t reciprocal[C::n_in + 1]) {
#pragma HLS INLINE
        const unsigned count = pool_count<C>(row, column);
        for (unsigned g = 0; g < C::groups; g++) {
#pragma HLS UNROLL
            typename C::accum_t sum = 0;
            for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
                sum += typename C::accum_t(x[g * C::n_in + i]);
            }
            y[g] = res_T(pool_mean<C>(sum, reciprocal[count], count));
        }
    }
};

template <class data_T, class res_T, class C>
void pool_max(const data_T x[C::in_height * C::in_width * C::n_chan], res_T y[C::out_height * C::out_width * C::n_chan],
              const typename C::padding_t &padding) {
#pragma HLS INLINE
    conv_positions<(conv_plane<C>::turns > 1)>::template run<pool_by_max, data_T, res_T, C>(x, y, data_T(padding));
}

template <class data_T, class res_T, class C>
void pool_average(const data_T x[C::in_height * C::in_width * C::n_chan],
                  res_T y[C::out_height * C::out_width * C::n_chan],
                  const typename C::reciprocal_t reciprocal[C::n_in + 1]) {
#pragma HLS INLINE
    conv_positions<(conv_plane<C>::turns > 1)>::template run<pool_by_average, data_T, res_T, C>(x, y, data_T(0),
                                                                                                reciprocal);
}

} // namespace nnet

#endif

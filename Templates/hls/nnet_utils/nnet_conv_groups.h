// The time-multiplexed product of nnet_dense_resource.h for several groups of channels at once: in each step every group
// takes one, so that groups cost multipliers and no time.
//
//   x       data_T[groups * n_in], group by group, and so all else
//   y       res_T[groups * n_out]
//   w       CONFIG::weight_t[groups * lanes][reuse_factor], lanes being those of one group
//   b       CONFIG::bias_t[groups * n_out]
#ifndef NNET_CONV_GROUPS_H_
#define NNET_CONV_GROUPS_H_

#include "nnet_dense.h"

namespace nnet {

template <class data_T, class res_T, class C>
void conv_multiplexed(const data_T x[C::groups * C::n_in], res_T y[C::groups * C::n_out],
                      const typename C::weight_t w[C::groups * C::n_in * C::n_out / C::reuse_factor][C::reuse_factor],
                      const typename C::bias_t b[C::groups * C::n_out]) {
#pragma HLS INLINE
    static_assert(C::reuse_factor > 1, "without reuse there is nothing to pipeline");
    typedef typename dense_fold<dense_lanes<C>::within_sums>::template of<data_T, C> fold;
    data_T s[C::groups * C::n_in];
#pragma HLS ARRAY_PARTITION variable=s complete
    typename C::accum_t acc[C::groups * C::n_out];
#pragma HLS ARRAY_PARTITION variable=acc complete
Load:
    for (unsigned i = 0; i < C::groups * C::n_in; i++) {
#pragma HLS UNROLL
        s[i] = x[i];
    }
Start:
    for (unsigned j = 0; j < C::groups * C::n_out; j++) {
#pragma HLS UNROLL
        acc[j] = b[j];
    }
    dense_place at = {0, 0, 0};
Reuse:
    for (unsigned r = 0; r < C::reuse_factor; r++) {
#pragma HLS PIPELINE II=1
        dense_place next = at;
    Groups:
        for (unsigned g = 0; g < C::groups; g++) {
#pragma HLS UNROLL
            dense_place own = at;
            fold::step(s + g * C::n_in, acc + g * C::n_out, w + g * dense_lanes<C>::count, own);
            next = own;
        }
        at = next;
        at.step++;
    }
Finish:
    for (unsigned j = 0; j < C::groups * C::n_out; j++) {
#pragma HLS UNROLL
        y[j] = dense_result<res_T, C>(acc[j]);
    }
}

// The memory of the weights of several groups, as that of nnet_dense_resource.h.
template <bool is_deep> struct conv_weights {
    template <class data_T, class res_T, class C>
    static void run(const data_T x[C::groups * C::n_in], res_T y[C::groups * C::n_out],
                    const typename C::weight_t w[C::groups * C::n_in * C::n_out / C::reuse_factor][C::reuse_factor],
                    const typename C::bias_t b[C::groups * C::n_out]) {
#pragma HLS INLINE
#pragma HLS ARRAY_RESHAPE variable=w complete dim=1
#ifdef __VITIS_HLS__
#pragma HLS BIND_STORAGE variable=w type=rom_np impl=lutram
#else
#pragma HLS RESOURCE variable=w core=ROM_nP_LUTRAM
#endif
        conv_multiplexed<data_T, res_T, C>(x, y, w, b);
    }
};
template <> struct conv_weights<true> {
    template <class data_T, class res_T, class C>
    static void run(const data_T x[C::groups * C::n_in], res_T y[C::groups * C::n_out],
                    const typename C::weight_t w[C::groups * C::n_in * C::n_out / C::reuse_factor][C::reuse_factor],
                    const typename C::bias_t b[C::groups * C::n_out]) {
#pragma HLS INLINE
#pragma HLS ARRAY_RESHAPE variable=w complete dim=1
#ifdef __VITIS_HLS__
#pragma HLS BIND_STORAGE variable=w type=rom_np impl=bram
#else
#pragma HLS RESOURCE variable=w core=ROM_nP_BRAM
#endif
        conv_multiplexed<data_T, res_T, C>(x, y, w, b);
    }
};

// One group is the dense kernel itself.
template <bool is_several> struct conv_groups {
    template <class data_T, class res_T, class C>
    static void run(const data_T x[C::groups * C::n_in], res_T y[C::groups * C::n_out],
                    const typename C::weight_t w[C::groups * C::n_in * C::n_out / C::reuse_factor][C::reuse_factor],
                    const typename C::bias_t b[C::groups * C::n_out]) {
#pragma HLS INLINE
        conv_weights<dense_lanes<C>::is_deep>::template run<data_T, res_T, C>(x, y, w, b);
    }
};
template <> struct conv_groups<false> {
    template <class data_T, class res_T, class C>
    static void run(const data_T x[C::groups * C::n_in], res_T y[C::groups * C::n_out],
                    const typename C::weight_t w[C::groups * C::n_in * C::n_out / C::reuse_factor][C::reuse_factor],
                    const typename C::bias_t b[C::groups * C::n_out]) {
#pragma HLS INLINE
        dense_resource<data_T, res_T, C>(x, y, w, b);
    }
};

} // namespace nnet

#endif

// The time-multiplexed dense layer; shapes, types and orders are those of nnet_dense.h, which includes this file.
//
// One step uses n_in * n_out / reuse_factor multipliers. The weights of a step are one word of a ROM (block reshape),
// the inputs and the accumulators that it works on are always at the same places (see nnet::feed), so that no index is
// computed at run time.
#ifndef NNET_DENSE_RESOURCE_H_
#define NNET_DENSE_RESOURCE_H_

#include "nnet_dense.h"

namespace nnet {

// Reuse within one sum: in step r each output takes the inputs r, r + rf, r + 2 rf, ...
template <class data_T, class res_T, class C>
void dense_fold_inputs(const data_T x[C::n_in], res_T y[C::n_out], const typename C::weight_t w[C::n_in * C::n_out],
                       const typename C::bias_t b[C::n_out]) {
#pragma HLS INLINE
    static_assert(C::reuse_factor > 1, "without reuse there is nothing to pipeline");
    const unsigned taps = C::n_in / C::reuse_factor;
    data_T s[C::n_in];
#pragma HLS ARRAY_PARTITION variable=s complete
    typename C::accum_t acc[C::n_out];
#pragma HLS ARRAY_PARTITION variable=acc complete
Load:
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        s[i] = x[i];
    }
Start:
    for (unsigned j = 0; j < C::n_out; j++) {
#pragma HLS UNROLL
        acc[j] = b[j];
    }
Reuse:
    for (unsigned r = 0; r < C::reuse_factor; r++) {
#pragma HLS PIPELINE II=1
    Outputs:
        for (unsigned j = 0; j < C::n_out; j++) {
#pragma HLS UNROLL
        Taps:
            for (unsigned t = 0; t < taps; t++) {
#pragma HLS UNROLL
                acc[j] += dense_term<C>(feed<data_T, C::n_in>::tap(s, t * C::reuse_factor, r),
                                        w[(j * taps + t) * C::reuse_factor + r]);
            }
        }
        feed<data_T, C::n_in>::advance(s);
    }
Finish:
    for (unsigned j = 0; j < C::n_out; j++) {
#pragma HLS UNROLL
        y[j] = dense_result<res_T, C>(acc[j]);
    }
}

// Rotates each run of `groups` accumulators by one place; after `groups` rotations all are home again.
template <class T, unsigned N, unsigned groups> void rotate_groups(T x[N]) {
#pragma HLS INLINE
    for (unsigned l = 0; l < N; l += groups) {
#pragma HLS UNROLL
        feed<T, groups>::advance(x + l);
    }
}

// Reuse over whole sums: reuse_factor / n_in groups of outputs one after the other, one input in each step. The weights
// of a lane stand in the order of its steps.
template <class data_T, class res_T, class C>
void dense_fold_outputs(const data_T x[C::n_in], res_T y[C::n_out], const typename C::weight_t w[C::n_in * C::n_out],
                        const typename C::bias_t b[C::n_out]) {
#pragma HLS INLINE
    static_assert(C::reuse_factor > 1, "without reuse there is nothing to pipeline");
    const unsigned groups = C::reuse_factor / C::n_in, lanes = C::n_out / groups;
    data_T s[C::n_in];
#pragma HLS ARRAY_PARTITION variable=s complete
    typename C::accum_t acc[C::n_out];
#pragma HLS ARRAY_PARTITION variable=acc complete
    unsigned i = 0, g = 0; // the input and the group of a step
Load:
    for (unsigned k = 0; k < C::n_in; k++) {
#pragma HLS UNROLL
        s[k] = x[k];
    }
Start:
    for (unsigned j = 0; j < C::n_out; j++) {
#pragma HLS UNROLL
        acc[j] = b[j];
    }
Reuse:
    for (unsigned r = 0; r < C::reuse_factor; r++) {
#pragma HLS PIPELINE II=1
    Lanes:
        for (unsigned l = 0; l < lanes; l++) {
#pragma HLS UNROLL
            // In hardware the accumulators of a lane rotate, so that the one at work is always its first.
            typename C::accum_t &sum = feed<typename C::accum_t, C::n_out>::tap(acc, l * groups, g);
            sum += dense_term<C>(feed<data_T, C::n_in>::tap(s, 0, i), w[l * C::reuse_factor + r]);
        }
        feed<data_T, C::n_in>::advance(s);
        if (i == C::n_in - 1) {
            rotate_groups<typename C::accum_t, C::n_out, groups>(acc);
            i = 0;
            g++;
        } else {
            i++;
        }
    }
Finish:
    for (unsigned j = 0; j < C::n_out; j++) {
#pragma HLS UNROLL
        y[j] = dense_result<res_T, C>(acc[j]);
    }
}

// How the reuse factor lies to the sizes: 0 no reuse, 1 within a sum, 2 over whole sums, 3 one multiplier.
template <class C> struct dense_fold {
    static const unsigned products = C::n_in * C::n_out, rf = C::reuse_factor;
    static const int kind = rf <= 1 ? 0 : rf >= products ? 3 : rf <= C::n_in ? 1 : 2;
    static_assert(rf <= 1 || (rf <= C::n_in ? C::n_in % rf == 0 : rf % C::n_in == 0 && products % rf == 0),
                  "reuse_factor must divide n_in, or be a multiple of n_in that divides n_in * n_out");
};

template <int Kind> struct dense_resource_kind {
    template <class data_T, class res_T, class C>
    static void run(const data_T x[C::n_in], res_T y[C::n_out], const typename C::weight_t w[C::n_in * C::n_out],
                    const typename C::bias_t b[C::n_out]) {
#pragma HLS INLINE
        dense_latency<data_T, res_T, C>(x, y, w, b);
    }
};
template <> struct dense_resource_kind<1> {
    template <class data_T, class res_T, class C>
    static void run(const data_T x[C::n_in], res_T y[C::n_out], const typename C::weight_t w[C::n_in * C::n_out],
                    const typename C::bias_t b[C::n_out]) {
#pragma HLS INLINE
        const unsigned lanes = C::n_in * C::n_out / C::reuse_factor;
#pragma HLS ARRAY_RESHAPE variable=w block factor=lanes
#ifdef __VITIS_HLS__
#pragma HLS BIND_STORAGE variable=w type=rom_np impl=bram
#else
#pragma HLS RESOURCE variable=w core=ROM_nP_BRAM
#endif
        dense_fold_inputs<data_T, res_T, C>(x, y, w, b);
        (void)lanes;
    }
};
template <> struct dense_resource_kind<2> {
    template <class data_T, class res_T, class C>
    static void run(const data_T x[C::n_in], res_T y[C::n_out], const typename C::weight_t w[C::n_in * C::n_out],
                    const typename C::bias_t b[C::n_out]) {
#pragma HLS INLINE
        const unsigned lanes = C::n_in * C::n_out / C::reuse_factor;
#pragma HLS ARRAY_RESHAPE variable=w block factor=lanes
#ifdef __VITIS_HLS__
#pragma HLS BIND_STORAGE variable=w type=rom_np impl=bram
#else
#pragma HLS RESOURCE variable=w core=ROM_nP_BRAM
#endif
        dense_fold_outputs<data_T, res_T, C>(x, y, w, b);
        (void)lanes;
    }
};
// A single multiplier reads one weight in a step: no reshape, which would be refused with a factor of 1.
template <> struct dense_resource_kind<3> {
    template <class data_T, class res_T, class C>
    static void run(const data_T x[C::n_in], res_T y[C::n_out], const typename C::weight_t w[C::n_in * C::n_out],
                    const typename C::bias_t b[C::n_out]) {
#pragma HLS INLINE
#ifdef __VITIS_HLS__
#pragma HLS BIND_STORAGE variable=w type=rom_1p impl=bram
#else
#pragma HLS RESOURCE variable=w core=ROM_1P_BRAM
#endif
        dense_fold_outputs<data_T, res_T, C>(x, y, w, b);
    }
};

template <class data_T, class res_T, class C>
void dense_resource(const data_T x[C::n_in], res_T y[C::n_out], const typename C::weight_t w[C::n_in * C::n_out],
                    const typename C::bias_t b[C::n_out]) {
#pragma HLS INLINE
    dense_resource_kind<dense_fold<C>::kind>::template run<data_T, res_T, C>(x, y, w, b);
}

} // namespace nnet

#endif

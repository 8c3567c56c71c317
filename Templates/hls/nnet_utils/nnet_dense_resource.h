// The time-multiplexed dense layer; shapes, types and orders are those of nnet_dense.h, which includes this file.
//
//   w       CONFIG::weight_t[lanes][reuse_factor] with lanes = n_in * n_out / reuse_factor: the weights of nnet_dense.h
//           in the same order, each row those that one multiplier takes one after the other
//   CONFIG  reuse_factor of at least 2; sum: how the terms of a step join their sum (nnet::in_order, nnet::at_once);
//           rewind: whether the kernel's loop is the only one of the function that it is inlined into, so that the next
//           call can begin before this one has ended
//
// One step uses `lanes` multipliers. Their weights are one word of a ROM, a column of w, so that the tool has nothing to
// divide by; the inputs and the accumulators that a step works on are always at the same places (see nnet::feed), so
// that no index is computed at run time.
#ifndef NNET_DENSE_RESOURCE_H_
#define NNET_DENSE_RESOURCE_H_

#include "nnet_dense.h"

namespace nnet {

// How the reuse factor lies to the sizes.
template <class C> struct dense_lanes {
    static const unsigned products = C::n_in * C::n_out, rf = C::reuse_factor;
    static_assert(rf > 1, "without reuse there is nothing to multiplex");
    static_assert(rf <= C::n_in ? C::n_in % rf == 0 : rf % C::n_in == 0 && products % rf == 0,
                  "reuse_factor must divide n_in, or be a multiple of n_in that divides n_in * n_out");
    static const unsigned count = products / rf;
    static const bool within_sums = rf <= C::n_in;
    // A word with several weights, and more words than the logic of a LUT holds.
    static const bool is_wide = count > 1, is_deep = rf > 64;
};

// Where the kernel stands: at which step and, where it works on whole sums, at which input and group of outputs.
struct dense_place {
    unsigned step, input, group;
};

// Reuse within one sum: in step r each output takes the inputs r, r + rf, r + 2 rf, ...
template <class data_T, class C> struct dense_fold_inputs {
    static const unsigned taps = C::n_in / C::reuse_factor;

    static void step(data_T x[C::n_in], typename C::accum_t acc[C::n_out],
                     const typename C::weight_t w[dense_lanes<C>::count][C::reuse_factor], const dense_place &at) {
#pragma HLS INLINE
    Outputs:
        for (unsigned j = 0; j < C::n_out; j++) {
#pragma HLS UNROLL
            typename C::accum_t terms[taps];
#pragma HLS ARRAY_PARTITION variable=terms complete
        Taps:
            for (unsigned t = 0; t < taps; t++) {
#pragma HLS UNROLL
                terms[t] = dense_term<C>(feed<data_T, C::n_in>::tap(x, t * C::reuse_factor, at.step),
                                         w[j * taps + t][at.step]);
            }
            C::sum::template join<typename C::accum_t, taps>(acc[j], terms);
        }
        feed<data_T, C::n_in>::advance(x);
    }
};

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
template <class data_T, class C> struct dense_fold_outputs {
    static const unsigned groups = C::reuse_factor / C::n_in, lanes = dense_lanes<C>::count;

    static void step(data_T x[C::n_in], typename C::accum_t acc[C::n_out],
                     const typename C::weight_t w[dense_lanes<C>::count][C::reuse_factor], dense_place &at) {
#pragma HLS INLINE
    Lanes:
        for (unsigned l = 0; l < lanes; l++) {
#pragma HLS UNROLL
            // In hardware the accumulators of a lane rotate, so that the one at work is always its first.
            typename C::accum_t &sum = feed<typename C::accum_t, C::n_out>::tap(acc, l * groups, at.group);
            sum += dense_term<C>(feed<data_T, C::n_in>::tap(x, 0, at.input), w[l][at.step]);
        }
        feed<data_T, C::n_in>::advance(x);
        if (at.input == C::n_in - 1) {
            rotate_groups<typename C::accum_t, C::n_out, groups>(acc);
            at.input = 0;
            at.group++;
        } else {
            at.input++;
        }
    }
};

// The fold that the reuse factor asks for.
template <bool within_sums> struct dense_fold {
    template <class data_T, class C> struct of : dense_fold_inputs<data_T, C> {};
};
template <> struct dense_fold<false> {
    template <class data_T, class C> struct of : dense_fold_outputs<data_T, C> {};
};

// The loop over the steps, `rewind` or not: that is a word of the pragma, not a value.
template <bool rewind> struct dense_steps {
    template <class Fold, class data_T, class C>
    static void take(data_T x[C::n_in], typename C::accum_t acc[C::n_out],
                     const typename C::weight_t w[dense_lanes<C>::count][C::reuse_factor]) {
#pragma HLS INLINE
        static_assert(C::reuse_factor > 1, "without reuse there is nothing to pipeline");
        dense_place at = {0, 0, 0};
    Reuse:
        for (unsigned r = 0; r < C::reuse_factor; r++) {
#pragma HLS PIPELINE II=1
            Fold::step(x, acc, w, at);
            at.step++;
        }
    }
};
template <> struct dense_steps<true> {
    template <class Fold, class data_T, class C>
    static void take(data_T x[C::n_in], typename C::accum_t acc[C::n_out],
                     const typename C::weight_t w[dense_lanes<C>::count][C::reuse_factor]) {
#pragma HLS INLINE
        static_assert(C::reuse_factor > 1, "without reuse there is nothing to pipeline");
        dense_place at = {0, 0, 0};
    Reuse:
        for (unsigned r = 0; r < C::reuse_factor; r++) {
#pragma HLS PIPELINE II=1 rewind
            Fold::step(x, acc, w, at);
            at.step++;
        }
    }
};

// All around the loop is done at once: before it the inputs and biases are there, behind it each sum is cast.
template <class data_T, class res_T, class C>
void dense_multiplexed(const data_T x[C::n_in], res_T y[C::n_out],
                       const typename C::weight_t w[dense_lanes<C>::count][C::reuse_factor],
                       const typename C::bias_t b[C::n_out]) {
#pragma HLS INLINE
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
    typedef typename dense_fold<dense_lanes<C>::within_sums>::template of<data_T, C> fold;
    dense_steps<C::rewind>::template take<fold, data_T, C>(s, acc, w);
Finish:
    for (unsigned j = 0; j < C::n_out; j++) {
#pragma HLS UNROLL
        y[j] = dense_result<res_T, C>(acc[j]);
    }
}

// The memory of the weights. A block RAM of a few words would be empty for the most part: up to 64 they are logic.
template <bool is_wide, bool is_deep> struct dense_weights {
    template <class data_T, class res_T, class C>
    static void run(const data_T x[C::n_in], res_T y[C::n_out],
                    const typename C::weight_t w[dense_lanes<C>::count][C::reuse_factor],
                    const typename C::bias_t b[C::n_out]) {
#pragma HLS INLINE
#pragma HLS ARRAY_RESHAPE variable=w complete dim=1
#ifdef __VITIS_HLS__
#pragma HLS BIND_STORAGE variable=w type=rom_np impl=lutram
#else
#pragma HLS RESOURCE variable=w core=ROM_nP_LUTRAM
#endif
        dense_multiplexed<data_T, res_T, C>(x, y, w, b);
    }
};
template <> struct dense_weights<true, true> {
    template <class data_T, class res_T, class C>
    static void run(const data_T x[C::n_in], res_T y[C::n_out],
                    const typename C::weight_t w[dense_lanes<C>::count][C::reuse_factor],
                    const typename C::bias_t b[C::n_out]) {
#pragma HLS INLINE
#pragma HLS ARRAY_RESHAPE variable=w complete dim=1
#ifdef __VITIS_HLS__
#pragma HLS BIND_STORAGE variable=w type=rom_np impl=bram
#else
#pragma HLS RESOURCE variable=w core=ROM_nP_BRAM
#endif
        dense_multiplexed<data_T, res_T, C>(x, y, w, b);
    }
};
// A single multiplier reads one weight in a step: no reshape, for which there is nothing.
template <> struct dense_weights<false, false> {
    template <class data_T, class res_T, class C>
    static void run(const data_T x[C::n_in], res_T y[C::n_out],
                    const typename C::weight_t w[dense_lanes<C>::count][C::reuse_factor],
                    const typename C::bias_t b[C::n_out]) {
#pragma HLS INLINE
#ifdef __VITIS_HLS__
#pragma HLS BIND_STORAGE variable=w type=rom_1p impl=lutram
#else
#pragma HLS RESOURCE variable=w core=ROM_1P_LUTRAM
#endif
        dense_multiplexed<data_T, res_T, C>(x, y, w, b);
    }
};
template <> struct dense_weights<false, true> {
    template <class data_T, class res_T, class C>
    static void run(const data_T x[C::n_in], res_T y[C::n_out],
                    const typename C::weight_t w[dense_lanes<C>::count][C::reuse_factor],
                    const typename C::bias_t b[C::n_out]) {
#pragma HLS INLINE
#ifdef __VITIS_HLS__
#pragma HLS BIND_STORAGE variable=w type=rom_1p impl=bram
#else
#pragma HLS RESOURCE variable=w core=ROM_1P_BRAM
#endif
        dense_multiplexed<data_T, res_T, C>(x, y, w, b);
    }
};

template <class data_T, class res_T, class C>
void dense_resource(const data_T x[C::n_in], res_T y[C::n_out],
                    const typename C::weight_t w[C::n_in * C::n_out / C::reuse_factor][C::reuse_factor],
                    const typename C::bias_t b[C::n_out]) {
#pragma HLS INLINE
    dense_weights<dense_lanes<C>::is_wide, dense_lanes<C>::is_deep>::template run<data_T, res_T, C>(x, y, w, b);
}

} // namespace nnet

#endif

// Recurrent layers on arrays: CONFIG::kind (see nnet_recurrent_cells.h) makes the states of each step of those before.
//
//   x            data_T[n_in], n_steps times n_features; CONFIG::reversed: the last step is taken first
//   start_h      the hidden state before the first step, n_units elements, cast to state_t; without it: zeros
//   start_c      that of the cell
//   y, y1, ...   what CONFIG::results lists: recurrent_sequence, the hidden states of all steps as they were taken;
//                recurrent_hidden and recurrent_cell, the states behind the last one
//   CONFIG       n_in, n_steps, n_features, n_units, n_kept (n_units times as many steps as are given), reversed; kind,
//                results, and what nnet_recurrent_cells.h asks for
//
// A step begins when the one before it has ended: it needs its states.
#ifndef NNET_RECURRENT_H_
#define NNET_RECURRENT_H_

#include "nnet_recurrent_cells.h"

namespace nnet {

// What a layer gives of its states: those of the kept steps, and the cell's.
struct recurrent_sequence {
    template <class C, class Y>
    static void put(const typename C::state_t kept[C::n_kept], const typename C::cell_t[C::n_units], Y y[C::n_kept]) {
#pragma HLS INLINE
        for (unsigned i = 0; i < C::n_kept; i++) {
#pragma HLS UNROLL
            y[i] = Y(kept[i]);
        }
    }
};
struct recurrent_hidden {
    template <class C, class Y>
    static void put(const typename C::state_t kept[C::n_kept], const typename C::cell_t[C::n_units], Y y[C::n_units]) {
#pragma HLS INLINE
        for (unsigned i = 0; i < C::n_units; i++) {
#pragma HLS UNROLL
            y[i] = Y(kept[C::n_kept - C::n_units + i]);
        }
    }
};
struct recurrent_cell {
    template <class C, class Y>
    static void put(const typename C::state_t[C::n_kept], const typename C::cell_t c[C::n_units], Y y[C::n_units]) {
#pragma HLS INLINE
        for (unsigned i = 0; i < C::n_units; i++) {
#pragma HLS UNROLL
            y[i] = Y(c[i]);
        }
    }
};

// All that a layer gives, one after the other.
template <class... K> struct recurrent_results;
template <> struct recurrent_results<> {
    template <class C> static void put(const typename C::state_t[C::n_kept], const typename C::cell_t[C::n_units]) {
#pragma HLS INLINE
    }
};
template <class K, class... L> struct recurrent_results<K, L...> {
    template <class C, class Y, class... Z>
    static void put(const typename C::state_t kept[C::n_kept], const typename C::cell_t c[C::n_units], Y *y, Z *...z) {
#pragma HLS INLINE
        K::template put<C>(kept, c, y);
        recurrent_results<L...>::template put<C>(kept, c, z...);
    }
};

// The states are set to what they are before the first step.
template <unsigned N> struct recurrent_start {
    template <class T> static void zero(T state[N]) {
#pragma HLS INLINE
        for (unsigned i = 0; i < N; i++) {
#pragma HLS UNROLL
            state[i] = 0;
        }
    }
    template <class X, class T> static void from(const X x[N], T state[N]) {
#pragma HLS INLINE
        for (unsigned i = 0; i < N; i++) {
#pragma HLS UNROLL
            state[i] = T(x[i]);
        }
    }
};

// All steps: features and states move through arrays, so that each enters and leaves at the same place.
template <class C, class X, class... Y>
void recurrent_steps(const X x[C::n_in], typename C::state_t h[C::n_units], typename C::cell_t c[C::n_units], Y *...y) {
#pragma HLS INLINE
    X values[C::n_in];
#pragma HLS ARRAY_PARTITION variable=values complete
    typename C::state_t kept[C::n_kept];
#pragma HLS ARRAY_PARTITION variable=kept complete
    for (unsigned t = 0; t < C::n_steps; t++) {
#pragma HLS UNROLL
        for (unsigned j = 0; j < C::n_features; j++) {
#pragma HLS UNROLL
            values[(C::reversed ? C::n_steps - 1 - t : t) * C::n_features + j] = x[t * C::n_features + j];
        }
    }
Steps:
    for (unsigned t = 0; t < C::n_steps; t++) {
#ifdef __VITIS_HLS__
#pragma HLS PIPELINE off
#else
#pragma HLS LOOP_FLATTEN off
#endif
        C::kind::template step<C, X>(values, h, c);
        shift<X, C::n_in, C::n_features>(values);
        shift<typename C::state_t, C::n_kept, C::n_units>(kept);
        for (unsigned i = 0; i < C::n_units; i++) {
#pragma HLS UNROLL
            kept[C::n_kept - C::n_units + i] = h[i];
        }
    }
    C::results::template put<C>(kept, c, y...);
}

template <class C, class X, class... Y>
void recurrent_start_zero(const X x[C::n_in], Y *...y) {
#pragma HLS INLINE
    typename C::state_t h[C::n_units];
#pragma HLS ARRAY_PARTITION variable=h complete
    typename C::cell_t c[C::n_units];
#pragma HLS ARRAY_PARTITION variable=c complete
    recurrent_start<C::n_units>::zero(h);
    recurrent_start<C::n_units>::zero(c);
    recurrent_steps<C>(x, h, c, y...);
}

template <class C, class X, class H, class... Y>
void recurrent_start_h(const X x[C::n_in], const H start_h[C::n_units], Y *...y) {
#pragma HLS INLINE
    typename C::state_t h[C::n_units];
#pragma HLS ARRAY_PARTITION variable=h complete
    typename C::cell_t c[C::n_units];
#pragma HLS ARRAY_PARTITION variable=c complete
    recurrent_start<C::n_units>::template from<H, typename C::state_t>(start_h, h);
    recurrent_start<C::n_units>::zero(c);
    recurrent_steps<C>(x, h, c, y...);
}

template <class C, class X, class H, class S, class... Y>
void recurrent_start_hc(const X x[C::n_in], const H start_h[C::n_units], const S start_c[C::n_units], Y *...y) {
#pragma HLS INLINE
    typename C::state_t h[C::n_units];
#pragma HLS ARRAY_PARTITION variable=h complete
    typename C::cell_t c[C::n_units];
#pragma HLS ARRAY_PARTITION variable=c complete
    recurrent_start<C::n_units>::template from<H, typename C::state_t>(start_h, h);
    recurrent_start<C::n_units>::template from<S, typename C::cell_t>(start_c, c);
    recurrent_steps<C>(x, h, c, y...);
}

template <class data_T, class res_T, class C>
void recurrent(const data_T x[C::n_in], res_T *y) {
#pragma HLS INLINE
    recurrent_start_zero<C>(x, y);
}

template <class data_T, class res1_T, class res2_T, class C>
void recurrent_two(const data_T x[C::n_in], res1_T *y1, res2_T *y2) {
#pragma HLS INLINE
    recurrent_start_zero<C>(x, y1, y2);
}

template <class data_T, class res1_T, class res2_T, class res3_T, class C>
void recurrent_three(const data_T x[C::n_in], res1_T *y1, res2_T *y2, res3_T *y3) {
#pragma HLS INLINE
    recurrent_start_zero<C>(x, y1, y2, y3);
}

template <class data_T, class h_T, class res_T, class C>
void recurrent_h(const data_T x[C::n_in], const h_T start_h[C::n_units], res_T *y) {
#pragma HLS INLINE
    recurrent_start_h<C>(x, start_h, y);
}

template <class data_T, class h_T, class res1_T, class res2_T, class C>
void recurrent_h_two(const data_T x[C::n_in], const h_T start_h[C::n_units], res1_T *y1, res2_T *y2) {
#pragma HLS INLINE
    recurrent_start_h<C>(x, start_h, y1, y2);
}

template <class data_T, class h_T, class res1_T, class res2_T, class res3_T, class C>
void recurrent_h_three(const data_T x[C::n_in], const h_T start_h[C::n_units], res1_T *y1, res2_T *y2, res3_T *y3) {
#pragma HLS INLINE
    recurrent_start_h<C>(x, start_h, y1, y2, y3);
}

template <class data_T, class h_T, class c_T, class res_T, class C>
void recurrent_hc(const data_T x[C::n_in], const h_T start_h[C::n_units], const c_T start_c[C::n_units], res_T *y) {
#pragma HLS INLINE
    recurrent_start_hc<C>(x, start_h, start_c, y);
}

template <class data_T, class h_T, class c_T, class res1_T, class res2_T, class C>
void recurrent_hc_two(const data_T x[C::n_in], const h_T start_h[C::n_units], const c_T start_c[C::n_units], res1_T *y1,
                      res2_T *y2) {
#pragma HLS INLINE
    recurrent_start_hc<C>(x, start_h, start_c, y1, y2);
}

template <class data_T, class h_T, class c_T, class res1_T, class res2_T, class res3_T, class C>
void recurrent_hc_three(const data_T x[C::n_in], const h_T start_h[C::n_units], const c_T start_c[C::n_units],
                        res1_T *y1, res2_T *y2, res3_T *y3) {
#pragma HLS INLINE
    recurrent_start_hc<C>(x, start_h, start_c, y1, y2, y3);
}

} // namespace nnet

#endif

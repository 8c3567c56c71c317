// Recurrent layers on streams: an element of n_features numbers for each step, which is taken when it is there; a
// reversed layer reads all of them first. Numbers and CONFIG as in nnet_recurrent.h.
//
//   x                  hls::stream<nnet::array<T, n_features>>, n_steps elements
//   start_h, start_c   hls::stream<nnet::array<T, n_units>>, one element
//   y, y1, ...         hls::stream<nnet::array<R, n_units>>: recurrent_sequence an element for each step, as soon as it
//                      is made, the others one behind the last
#ifndef NNET_RECURRENT_STREAM_H_
#define NNET_RECURRENT_STREAM_H_

#include "nnet_recurrent.h"
#include "nnet_stream.h"

namespace nnet {

// What a result writes of the states behind each step, and behind the last one.
template <class K> struct recurrent_writer;
template <> struct recurrent_writer<recurrent_sequence> {
    template <class C, class Y> static void step(const typename C::state_t h[C::n_units], hls::stream<Y> &y) {
#pragma HLS INLINE
        typename Y::value_type values[C::n_units];
#pragma HLS ARRAY_PARTITION variable=values complete
        recurrent_start<C::n_units>::template from<typename C::state_t, typename Y::value_type>(h, values);
        write_element<Y, C::n_units>(y, values);
    }
    template <class C, class Y>
    static void end(const typename C::state_t[C::n_units], const typename C::cell_t[C::n_units], hls::stream<Y> &) {
#pragma HLS INLINE
    }
};
template <> struct recurrent_writer<recurrent_hidden> {
    template <class C, class Y> static void step(const typename C::state_t[C::n_units], hls::stream<Y> &) {
#pragma HLS INLINE
    }
    template <class C, class Y>
    static void end(const typename C::state_t h[C::n_units], const typename C::cell_t[C::n_units], hls::stream<Y> &y) {
#pragma HLS INLINE
        recurrent_writer<recurrent_sequence>::template step<C>(h, y);
    }
};
template <> struct recurrent_writer<recurrent_cell> {
    template <class C, class Y> static void step(const typename C::state_t[C::n_units], hls::stream<Y> &) {
#pragma HLS INLINE
    }
    template <class C, class Y>
    static void end(const typename C::state_t[C::n_units], const typename C::cell_t c[C::n_units], hls::stream<Y> &y) {
#pragma HLS INLINE
        typename Y::value_type values[C::n_units];
#pragma HLS ARRAY_PARTITION variable=values complete
        recurrent_start<C::n_units>::template from<typename C::cell_t, typename Y::value_type>(c, values);
        write_element<Y, C::n_units>(y, values);
    }
};

// The writers of all results.
template <class R> struct recurrent_writers;
template <> struct recurrent_writers<recurrent_results<> > {
    template <class C> static void step(const typename C::state_t[C::n_units]) {
#pragma HLS INLINE
    }
    template <class C> static void end(const typename C::state_t[C::n_units], const typename C::cell_t[C::n_units]) {
#pragma HLS INLINE
    }
};
template <class K, class... L> struct recurrent_writers<recurrent_results<K, L...> > {
    template <class C, class Y, class... Z>
    static void step(const typename C::state_t h[C::n_units], hls::stream<Y> &y, hls::stream<Z> &...z) {
#pragma HLS INLINE
        recurrent_writer<K>::template step<C>(h, y);
        recurrent_writers<recurrent_results<L...> >::template step<C>(h, z...);
    }
    template <class C, class Y, class... Z>
    static void end(const typename C::state_t h[C::n_units], const typename C::cell_t c[C::n_units],
                    hls::stream<Y> &y, hls::stream<Z> &...z) {
#pragma HLS INLINE
        recurrent_writer<K>::template end<C>(h, c, y);
        recurrent_writers<recurrent_results<L...> >::template end<C>(h, c, z...);
    }
};

// Where the features of a step come from: the next element, or the last of those that were read and are still there.
template <bool reversed> struct recurrent_order {
    template <class C, class X, class... Y>
    static void run(hls::stream<X> &x, typename C::state_t h[C::n_units], typename C::cell_t c[C::n_units],
                    hls::stream<Y> &...y) {
#pragma HLS INLINE
    Steps:
        for (unsigned t = 0; t < C::n_steps; t++) {
#ifdef __VITIS_HLS__
#pragma HLS PIPELINE off
#else
#pragma HLS LOOP_FLATTEN off
#endif
            typename X::value_type values[C::n_features];
#pragma HLS ARRAY_PARTITION variable=values complete
            read_tensor<X, C::n_features>(x, values);
            C::kind::template step<C, typename X::value_type>(values, h, c);
            recurrent_writers<typename C::results>::template step<C>(h, y...);
        }
    }
};
template <> struct recurrent_order<true> {
    template <class C, class X, class... Y>
    static void run(hls::stream<X> &x, typename C::state_t h[C::n_units], typename C::cell_t c[C::n_units],
                    hls::stream<Y> &...y) {
#pragma HLS INLINE
        typename X::value_type taken[C::n_in];
#pragma HLS ARRAY_PARTITION variable=taken complete
        typename X::value_type values[C::n_in];
#pragma HLS ARRAY_PARTITION variable=values complete
        read_tensor<X, C::n_in>(x, taken);
        for (unsigned t = 0; t < C::n_steps; t++) {
#pragma HLS UNROLL
            for (unsigned j = 0; j < C::n_features; j++) {
#pragma HLS UNROLL
                values[(C::n_steps - 1 - t) * C::n_features + j] = taken[t * C::n_features + j];
            }
        }
    Steps:
        for (unsigned t = 0; t < C::n_steps; t++) {
#ifdef __VITIS_HLS__
#pragma HLS PIPELINE off
#else
#pragma HLS LOOP_FLATTEN off
#endif
            C::kind::template step<C, typename X::value_type>(values, h, c);
            shift<typename X::value_type, C::n_in, C::n_features>(values);
            recurrent_writers<typename C::results>::template step<C>(h, y...);
        }
    }
};

template <class C, class X, class... Y>
void recurrent_steps(hls::stream<X> &x, typename C::state_t h[C::n_units], typename C::cell_t c[C::n_units],
                     hls::stream<Y> &...y) {
#pragma HLS INLINE
    recurrent_order<C::reversed>::template run<C>(x, h, c, y...);
    recurrent_writers<typename C::results>::template end<C>(h, c, y...);
}

template <class C, class X, class... Y>
void recurrent_start_zero(hls::stream<X> &x, hls::stream<Y> &...y) {
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
void recurrent_start_h(hls::stream<X> &x, hls::stream<H> &start_h, hls::stream<Y> &...y) {
#pragma HLS INLINE
    typename C::state_t h[C::n_units];
#pragma HLS ARRAY_PARTITION variable=h complete
    typename C::cell_t c[C::n_units];
#pragma HLS ARRAY_PARTITION variable=c complete
    typename H::value_type first_h[C::n_units];
#pragma HLS ARRAY_PARTITION variable=first_h complete
    read_tensor<H, C::n_units>(start_h, first_h);
    recurrent_start<C::n_units>::template from<typename H::value_type, typename C::state_t>(first_h, h);
    recurrent_start<C::n_units>::zero(c);
    recurrent_steps<C>(x, h, c, y...);
}

template <class C, class X, class H, class S, class... Y>
void recurrent_start_hc(hls::stream<X> &x, hls::stream<H> &start_h, hls::stream<S> &start_c, hls::stream<Y> &...y) {
#pragma HLS INLINE
    typename C::state_t h[C::n_units];
#pragma HLS ARRAY_PARTITION variable=h complete
    typename C::cell_t c[C::n_units];
#pragma HLS ARRAY_PARTITION variable=c complete
    typename H::value_type first_h[C::n_units];
#pragma HLS ARRAY_PARTITION variable=first_h complete
    read_tensor<H, C::n_units>(start_h, first_h);
    recurrent_start<C::n_units>::template from<typename H::value_type, typename C::state_t>(first_h, h);
    typename S::value_type first_c[C::n_units];
#pragma HLS ARRAY_PARTITION variable=first_c complete
    read_tensor<S, C::n_units>(start_c, first_c);
    recurrent_start<C::n_units>::template from<typename S::value_type, typename C::cell_t>(first_c, c);
    recurrent_steps<C>(x, h, c, y...);
}

template <class data_T, class res_T, class C>
void recurrent(hls::stream<data_T> &x, hls::stream<res_T> &y) {
#pragma HLS INLINE
    recurrent_start_zero<C>(x, y);
}

template <class data_T, class res1_T, class res2_T, class C>
void recurrent_two(hls::stream<data_T> &x, hls::stream<res1_T> &y1, hls::stream<res2_T> &y2) {
#pragma HLS INLINE
    recurrent_start_zero<C>(x, y1, y2);
}

template <class data_T, class res1_T, class res2_T, class res3_T, class C>
void recurrent_three(hls::stream<data_T> &x, hls::stream<res1_T> &y1, hls::stream<res2_T> &y2,
                     hls::stream<res3_T> &y3) {
#pragma HLS INLINE
    recurrent_start_zero<C>(x, y1, y2, y3);
}

template <class data_T, class h_T, class res_T, class C>
void recurrent_h(hls::stream<data_T> &x, hls::stream<h_T> &start_h, hls::stream<res_T> &y) {
#pragma HLS INLINE
    recurrent_start_h<C>(x, start_h, y);
}

template <class data_T, class h_T, class res1_T, class res2_T, class C>
void recurrent_h_two(hls::stream<data_T> &x, hls::stream<h_T> &start_h, hls::stream<res1_T> &y1,
                     hls::stream<res2_T> &y2) {
#pragma HLS INLINE
    recurrent_start_h<C>(x, start_h, y1, y2);
}

template <class data_T, class h_T, class res1_T, class res2_T, class res3_T, class C>
void recurrent_h_three(hls::stream<data_T> &x, hls::stream<h_T> &start_h, hls::stream<res1_T> &y1,
                       hls::stream<res2_T> &y2, hls::stream<res3_T> &y3) {
#pragma HLS INLINE
    recurrent_start_h<C>(x, start_h, y1, y2, y3);
}

template <class data_T, class h_T, class c_T, class res_T, class C>
void recurrent_hc(hls::stream<data_T> &x, hls::stream<h_T> &start_h, hls::stream<c_T> &start_c, hls::stream<res_T> &y) {
#pragma HLS INLINE
    recurrent_start_hc<C>(x, start_h, start_c, y);
}

template <class data_T, class h_T, class c_T, class res1_T, class res2_T, class C>
void recurrent_hc_two(hls::stream<data_T> &x, hls::stream<h_T> &start_h, hls::stream<c_T> &start_c,
                      hls::stream<res1_T> &y1, hls::stream<res2_T> &y2) {
#pragma HLS INLINE
    recurrent_start_hc<C>(x, start_h, start_c, y1, y2);
}

template <class data_T, class h_T, class c_T, class res1_T, class res2_T, class res3_T, class C>
void recurrent_hc_three(hls::stream<data_T> &x, hls::stream<h_T> &start_h, hls::stream<c_T> &start_c,
                        hls::stream<res1_T> &y1, hls::stream<res2_T> &y2, hls::stream<res3_T> &y3) {
#pragma HLS INLINE
    recurrent_start_hc<C>(x, start_h, start_c, y1, y2, y3);
}

} // namespace nnet

#endif

// What the stream kernels share. A tensor of n_in elements passes as n_in / N stream elements of N channels each.
#ifndef NNET_STREAM_H_
#define NNET_STREAM_H_

#include "hls_stream.h"
#include "nnet_common.h"

namespace nnet {

// One stream element in, one out. A step is a class whose `step` makes the channels of `out` of those of `in`; p are its
// parameters and tables.
//
// What a tool is not told to hold as a whole, or channel by channel, it may keep in a memory with two ports.
template <class Step, class X, class Y, class... P> void pass_element(hls::stream<X> &x, hls::stream<Y> &y, P... p) {
#pragma HLS INLINE
    const X in = x.read();
    Y out;
#ifdef __VITIS_HLS__
#pragma HLS ARRAY_PARTITION variable=in.data complete
#pragma HLS ARRAY_PARTITION variable=out.data complete
#else
#pragma HLS DATA_PACK variable=in
#pragma HLS DATA_PACK variable=out
#endif
    Step::step(in, out, p...);
    y.write(out);
}

// Takes one step for each of the N elements of a stream, one in each `interval` cycles.
//
// A single element has no loop: no tool can pipeline one that runs once.
template <unsigned N, unsigned interval = 1> struct elements {
    static_assert(N > 1, "a tensor has elements");

    template <class Step, class X, class Y, class... P>
    static void map(hls::stream<X> &x, hls::stream<Y> &y, P... p) {
#pragma HLS INLINE
    Elements:
        for (unsigned k = 0; k < N; k++) {
#pragma HLS PIPELINE II=interval
            pass_element<Step>(x, y, p...);
        }
    }

    // The same with parameters that differ from element to element: `period` of them are used one after the other and
    // then again, as many in a step as the element has channels. A step is told where its own begin.
    template <class Step, unsigned period, class X, class Y, class... P>
    static void map_parts(hls::stream<X> &x, hls::stream<Y> &y, P... p) {
#pragma HLS INLINE
        unsigned at = 0;
    Elements:
        for (unsigned k = 0; k < N; k++) {
#pragma HLS PIPELINE II=interval
            pass_element<Step>(x, y, at, p...);
            at = at + X::size < period ? at + X::size : 0;
        }
    }
};
template <unsigned interval> struct elements<1, interval> {
    template <class Step, class X, class Y, class... P>
    static void map(hls::stream<X> &x, hls::stream<Y> &y, P... p) {
#pragma HLS INLINE
        pass_element<Step>(x, y, p...);
    }
    template <class Step, unsigned period, class X, class Y, class... P>
    static void map_parts(hls::stream<X> &x, hls::stream<Y> &y, P... p) {
#pragma HLS INLINE
        pass_element<Step>(x, y, 0u, p...);
    }
};

// Reads a tensor of N stream elements, one in each cycle. The values move through the array, so that every stream
// element enters at the same place: no decoder in front of the registers.
template <unsigned N> struct reader {
    static_assert(N > 1, "a tensor has elements");

    template <class data_T>
    static void read(hls::stream<data_T> &x, typename data_T::value_type values[N * data_T::size]) {
#pragma HLS INLINE
    Read:
        for (unsigned k = 0; k < N; k++) {
#pragma HLS PIPELINE II=1
            const data_T in = x.read();
#ifdef __VITIS_HLS__
#pragma HLS ARRAY_PARTITION variable=in.data complete
#else
#pragma HLS DATA_PACK variable=in
#endif
            for (unsigned i = 0; i < (N - 1) * data_T::size; i++) {
#pragma HLS UNROLL
                values[i] = values[i + data_T::size];
            }
            for (unsigned c = 0; c < data_T::size; c++) {
#pragma HLS UNROLL
                values[(N - 1) * data_T::size + c] = in[c];
            }
        }
    }
};
template <> struct reader<1> {
    template <class data_T>
    static void read(hls::stream<data_T> &x, typename data_T::value_type values[data_T::size]) {
#pragma HLS INLINE
        const data_T in = x.read();
#ifdef __VITIS_HLS__
#pragma HLS ARRAY_PARTITION variable=in.data complete
#else
#pragma HLS DATA_PACK variable=in
#endif
        for (unsigned c = 0; c < data_T::size; c++) {
#pragma HLS UNROLL
            values[c] = in[c];
        }
    }
};

// Reads a whole tensor.
template <class data_T, unsigned n_in>
void read_tensor(hls::stream<data_T> &x, typename data_T::value_type values[n_in]) {
#pragma HLS INLINE
    reader<n_in / data_T::size>::template read<data_T>(x, values);
}

// Writes n_out values as one stream element.
template <class res_T, unsigned n_out>
void write_element(hls::stream<res_T> &y, const typename res_T::value_type values[n_out]) {
#pragma HLS INLINE
    res_T out;
#ifdef __VITIS_HLS__
#pragma HLS ARRAY_PARTITION variable=out.data complete
#else
#pragma HLS DATA_PACK variable=out
#endif
    for (unsigned c = 0; c < n_out; c++) {
#pragma HLS UNROLL
        out[c] = values[c];
    }
    y.write(out);
}

// Stream element k of a tensor whose value i is what `Maker::of` makes of i and p.
template <class Maker, class res_T, class... P> void make_element(hls::stream<res_T> &y, unsigned k, P... p) {
#pragma HLS INLINE
    typename res_T::value_type next[res_T::size];
#pragma HLS ARRAY_PARTITION variable=next complete
    for (unsigned c = 0; c < res_T::size; c++) {
#pragma HLS UNROLL
        next[c] = Maker::template of<typename res_T::value_type>(k * res_T::size + c, p...);
    }
    write_element<res_T, res_T::size>(y, next);
}

// Writes a tensor of N stream elements, one in each cycle.
template <unsigned N> struct writer {
    static_assert(N > 1, "a tensor has elements");

    template <class Maker, class res_T, class... P> static void write(hls::stream<res_T> &y, P... p) {
#pragma HLS INLINE
    Write:
        for (unsigned k = 0; k < N; k++) {
#pragma HLS PIPELINE II=1
            make_element<Maker>(y, k, p...);
        }
    }
};
template <> struct writer<1> {
    template <class Maker, class res_T, class... P> static void write(hls::stream<res_T> &y, P... p) {
#pragma HLS INLINE
        make_element<Maker>(y, 0u, p...);
    }
};

} // namespace nnet

#endif

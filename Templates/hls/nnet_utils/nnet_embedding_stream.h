// Embedding on streams: a stream element of n_out numbers for each number of those that come in, one in each cycle.
//
//   x       hls::stream<nnet::array<T, N>>, n_elements / N elements
//   y       hls::stream<nnet::array<R, n_out>>, n_elements elements
//   table, CONFIG and the numbers as in nnet_embedding.h
#ifndef NNET_EMBEDDING_STREAM_H_
#define NNET_EMBEDDING_STREAM_H_

#include "nnet_embedding.h"
#include "nnet_stream.h"

namespace nnet {

// Looks up the first of what is held and writes its row.
template <class data_T, class res_T, class C>
void embedding_element(const data_T &in, hls::stream<res_T> &y,
                       const typename C::table_t table[C::n_rows][C::n_out]) {
#pragma HLS INLINE
    typename res_T::value_type out[C::n_out];
#pragma HLS ARRAY_PARTITION variable=out complete
    embedding_row<typename data_T::value_type, typename res_T::value_type, C>(in.data[0], out, table);
    write_element<res_T, C::n_out>(y, out);
}

// The numbers of a stream element move through it, so that the one at work is always at the same place. A single number
// has no loop: no tool can pipeline one that runs once.
template <unsigned n_in> struct embedding_loop {
    static_assert(n_in > 1, "a tensor has elements");

    template <class data_T, class res_T, class C>
    static void run(hls::stream<data_T> &x, hls::stream<res_T> &y,
                    const typename C::table_t table[C::n_rows][C::n_out]) {
#pragma HLS INLINE
        data_T in;
#ifdef __VITIS_HLS__
#pragma HLS ARRAY_PARTITION variable=in.data complete
#else
#pragma HLS DATA_PACK variable=in
#endif
        unsigned taken = 0;
    Rows:
        for (unsigned k = 0; k < n_in; k++) {
#pragma HLS PIPELINE II=1
            if (taken == 0) {
                in = x.read();
            } else {
                shift<typename data_T::value_type, data_T::size, 1>(in.data);
            }
            embedding_element<data_T, res_T, C>(in, y, table);
            taken = taken == data_T::size - 1 ? 0 : taken + 1;
        }
    }
};
template <> struct embedding_loop<1> {
    template <class data_T, class res_T, class C>
    static void run(hls::stream<data_T> &x, hls::stream<res_T> &y,
                    const typename C::table_t table[C::n_rows][C::n_out]) {
#pragma HLS INLINE
        const data_T in = x.read();
#ifdef __VITIS_HLS__
#pragma HLS ARRAY_PARTITION variable=in.data complete
#else
#pragma HLS DATA_PACK variable=in
#endif
        embedding_element<data_T, res_T, C>(in, y, table);
    }
};

template <class data_T, class res_T, class C>
void embedding(hls::stream<data_T> &x, hls::stream<res_T> &y,
               const typename C::table_t table[C::n_rows][C::n_out]) {
#pragma HLS INLINE
#pragma HLS ARRAY_RESHAPE variable=table complete dim=2
    embedding_loop<C::n_elements>::template run<data_T, res_T, C>(x, y, table);
}

} // namespace nnet

#endif

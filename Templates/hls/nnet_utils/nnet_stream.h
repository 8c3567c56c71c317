// What the stream kernels share. A tensor of n_in elements passes as n_in / N stream elements of N channels each.
#ifndef NNET_STREAM_H_
#define NNET_STREAM_H_

#include "hls_stream.h"
#include "nnet_common.h"

namespace nnet {

// Reads a whole tensor, one stream element in each cycle.
template <class data_T, unsigned n_in>
void read_tensor(hls::stream<data_T> &x, typename data_T::value_type values[n_in]) {
#pragma HLS INLINE
Read:
    for (unsigned k = 0; k < n_in / data_T::size; k++) {
#pragma HLS PIPELINE II=1
        const data_T in = x.read();
        for (unsigned c = 0; c < data_T::size; c++) {
#pragma HLS UNROLL
            values[k * data_T::size + c] = in[c];
        }
    }
}

// Writes n_out values as one stream element.
template <class res_T, unsigned n_out>
void write_element(hls::stream<res_T> &y, const typename res_T::value_type values[n_out]) {
#pragma HLS INLINE
    res_T out;
    for (unsigned c = 0; c < n_out; c++) {
#pragma HLS UNROLL
        out[c] = values[c];
    }
    y.write(out);
}

} // namespace nnet

#endif

// Embedding on arrays: y[i] = the row of a trained table whose number x_i is, each number cast once to res_T.
//
//   x       data_T[n_elements]; below 0 stands for the first row, beyond the table for the last; a fraction is dropped
//   y       res_T[n_elements * n_out]
//   table   CONFIG::table_t[n_rows][n_out], a row a word of the memory
//   CONFIG  n_elements, n_out, n_rows; table_t
#ifndef NNET_EMBEDDING_H_
#define NNET_EMBEDDING_H_

#include "nnet_activation_ops.h"

namespace nnet {

// The row for one element.
template <class data_T, class res_T, class C>
void embedding_row(const data_T &x, res_T y[C::n_out], const typename C::table_t table[C::n_rows][C::n_out]) {
#pragma HLS INLINE
    const unsigned row = table_index_binned<data_T, C::n_rows, 0, 0>(x);
    for (unsigned c = 0; c < C::n_out; c++) {
#pragma HLS UNROLL
        y[c] = res_T(table[row][c]);
    }
}

template <class data_T, class res_T, class C>
void embedding(const data_T x[C::n_elements], res_T y[C::n_elements * C::n_out],
               const typename C::table_t table[C::n_rows][C::n_out]) {
#pragma HLS INLINE
#pragma HLS ARRAY_RESHAPE variable=table complete dim=2
    for (unsigned i = 0; i < C::n_elements; i++) {
#pragma HLS UNROLL
        embedding_row<data_T, res_T, C>(x[i], y + i * C::n_out, table);
    }
}

} // namespace nnet

#endif

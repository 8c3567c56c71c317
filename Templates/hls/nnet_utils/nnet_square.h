// Squares on arrays: y_i = x_i * x_i, cast once to res_T.
//
//   x       data_T[n_in]
//   y       res_T[n_in]
//   CONFIG  n_in
#ifndef NNET_SQUARE_H_
#define NNET_SQUARE_H_

namespace nnet {

template <class data_T, class res_T, class C>
void square(const data_T x[C::n_in], res_T y[C::n_in]) {
#pragma HLS INLINE
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        y[i] = x[i] * x[i];
    }
}

} // namespace nnet

#endif

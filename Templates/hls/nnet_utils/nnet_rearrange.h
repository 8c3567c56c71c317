// Elements of an array in another order: y_i = res_T(x_p), p = place(i).
//
//   x       data_T[n_in]
//   y       res_T[n_out]
//   CONFIG  n_in, n_out; place(i)
#ifndef NNET_REARRANGE_H_
#define NNET_REARRANGE_H_

namespace nnet {

template <class data_T, class res_T, class C> void rearrange(const data_T x[C::n_in], res_T y[C::n_out]) {
#pragma HLS INLINE
    for (unsigned i = 0; i < C::n_out; i++) {
#pragma HLS UNROLL
        y[i] = res_T(x[C::place(i)]);
    }
}

} // namespace nnet

#endif

// Two arrays behind each other, in runs: of each n_run1 or n_run2 elements, n_blocks times over.
//
//   x1      data1_T[n_blocks * n_run1]
//   x2      data2_T[n_blocks * n_run2]
//   y       res_T[n_blocks * (n_run1 + n_run2)]
//   CONFIG  n_run1, n_run2, n_blocks
#ifndef NNET_CONCATENATE_H_
#define NNET_CONCATENATE_H_

namespace nnet {

template <class data1_T, class data2_T, class res_T, class C>
void concatenate(const data1_T x1[C::n_blocks * C::n_run1], const data2_T x2[C::n_blocks * C::n_run2],
                 res_T y[C::n_blocks * (C::n_run1 + C::n_run2)]) {
#pragma HLS INLINE
    for (unsigned b = 0; b < C::n_blocks; b++) {
#pragma HLS UNROLL
        for (unsigned i = 0; i < C::n_run1; i++) {
#pragma HLS UNROLL
            y[b * (C::n_run1 + C::n_run2) + i] = res_T(x1[b * C::n_run1 + i]);
        }
        for (unsigned i = 0; i < C::n_run2; i++) {
#pragma HLS UNROLL
            y[b * (C::n_run1 + C::n_run2) + C::n_run1 + i] = res_T(x2[b * C::n_run2 + i]);
        }
    }
}

} // namespace nnet

#endif

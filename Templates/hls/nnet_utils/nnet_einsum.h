// Sums of products of two arrays: acc = accum(acc + accum(x1_p * x2_q)) over n_terms terms, y_i = res_T(acc);
// p = start1(i) + offset1(t), q = start2(i) + offset2(t).
//
//   x1      data1_T[n_in1]
//   x2      data2_T[n_in2]
//   y       res_T[n_out]
//   CONFIG  n_in1, n_in2, n_out, n_terms; start1(i), offset1(t), start2(i), offset2(t); accum_t
#ifndef NNET_EINSUM_H_
#define NNET_EINSUM_H_

namespace nnet {

template <class data1_T, class data2_T, class C>
typename C::accum_t einsum_one(const data1_T x1[C::n_in1], const data2_T x2[C::n_in2], unsigned i) {
#pragma HLS INLINE
    typename C::accum_t sum = 0;
    for (unsigned t = 0; t < C::n_terms; t++) {
#pragma HLS UNROLL
        sum += typename C::accum_t(x1[C::start1(i) + C::offset1(t)] * x2[C::start2(i) + C::offset2(t)]);
    }
    return sum;
}

template <class data1_T, class data2_T, class res_T, class C>
void einsum(const data1_T x1[C::n_in1], const data2_T x2[C::n_in2], res_T y[C::n_out]) {
#pragma HLS INLINE
    for (unsigned i = 0; i < C::n_out; i++) {
#pragma HLS UNROLL
        y[i] = res_T(einsum_one<data1_T, data2_T, C>(x1, x2, i));
    }
}

} // namespace nnet

#endif

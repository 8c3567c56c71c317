// Two arrays element by element; an element of one may go along with several of the other.
//
//   merge   y_i = res_T(f(x1_p, x2_q)), exact inside and cast once; p = place1(i), q = place2(i)
//
//   x1      data1_T[n_in1]
//   x2      data2_T[n_in2]
//   y       res_T[n_out]
//   CONFIG  n_in1, n_in2, n_out; place1(i), place2(i); function: one of the classes here
#ifndef NNET_MERGE_H_
#define NNET_MERGE_H_

#include "nnet_common.h"

namespace nnet {

struct merge_add {
    template <class res_T, class A, class B> static res_T of(const A &a, const B &b) {
#pragma HLS INLINE
        return res_T(a + b);
    }
};
struct merge_subtract {
    template <class res_T, class A, class B> static res_T of(const A &a, const B &b) {
#pragma HLS INLINE
        return res_T(a - b);
    }
};
struct merge_multiply {
    template <class res_T, class A, class B> static res_T of(const A &a, const B &b) {
#pragma HLS INLINE
        return res_T(a * b);
    }
};
struct merge_average {
    template <class res_T, class A, class B> static res_T of(const A &a, const B &b) {
#pragma HLS INLINE
        return res_T((a + b) * ap_ufixed<1, 0>(0.5));
    }
};
struct merge_maximum {
    template <class res_T, class A, class B> static res_T of(const A &a, const B &b) {
#pragma HLS INLINE
        if (a > b) return res_T(a);
        return res_T(b);
    }
};
struct merge_minimum {
    template <class res_T, class A, class B> static res_T of(const A &a, const B &b) {
#pragma HLS INLINE
        if (a < b) return res_T(a);
        return res_T(b);
    }
};

template <class data1_T, class data2_T, class res_T, class C>
void merge(const data1_T x1[C::n_in1], const data2_T x2[C::n_in2], res_T y[C::n_out]) {
#pragma HLS INLINE
    for (unsigned i = 0; i < C::n_out; i++) {
#pragma HLS UNROLL
        y[i] = C::function::template of<res_T>(x1[C::place1(i)], x2[C::place2(i)]);
    }
}

} // namespace nnet

#endif

// The kinds of product of an input x and a weight w, and what the sum of products still needs.
//
//   multiply            x * w, exact
//   weight_binary       w is one bit: +x where it is 1, -x where it is 0
//   data_binary         x is one bit: +w or -w
//   xnor                both are one bit: 1 where they are equal; a sum of n of them stands for 2 * sum - n
//   weight_exponential  w.weight is a power of two, w.sign its sign (1 is plus): a shift within twice the width
//
// `of` gives one product, `finish` the value of a sum of n of them.
#ifndef NNET_PRODUCT_H_
#define NNET_PRODUCT_H_

#include "nnet_common.h"

namespace nnet {

struct plain_sum {
    template <class C, class A> static A finish(A sum) {
#pragma HLS INLINE
        return sum;
    }
};

struct multiply : plain_sum {
    template <class X, class W> static auto of(X x, W w) -> decltype(x * w) {
#pragma HLS INLINE
        return x * w;
    }
};

struct weight_binary : plain_sum {
    template <class X, class W> static auto of(X x, W w) -> decltype(-x) {
#pragma HLS INLINE
        if (w == 0) return -x;
        return x;
    }
};

struct data_binary : plain_sum {
    template <class X, class W> static auto of(X x, W w) -> decltype(-w) {
#pragma HLS INLINE
        if (x == 0) return -w;
        return w;
    }
};

struct xnor {
    template <class X, class W> static ap_uint<1> of(X x, W w) {
#pragma HLS INLINE
        return x == w;
    }
    template <class C, class A> static ap_int<ceil_log2<C::n_in>::value + 2> finish(A sum) {
#pragma HLS INLINE
        const int n = C::n_in; // a copy: operators take references, and the constant has no address
        return ap_int<ceil_log2<C::n_in>::value + 2>(sum * 2 - n);
    }
};

struct weight_exponential : plain_sum {
    template <class X, class W> struct shifted {
        static const int width = decltype(W::weight)::width + X::width;
        typedef ap_fixed<2 * width, width> type;
    };
    template <class X, class W> static typename shifted<X, W>::type of(X x, W w) {
#pragma HLS INLINE
        const typename shifted<X, W>::type y = typename shifted<X, W>::type(x) << w.weight;
        if (w.sign == 1) return y;
        return -y;
    }
};

} // namespace nnet

#endif

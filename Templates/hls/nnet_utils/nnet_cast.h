// Arrays whose elements each have a type of their own: y_i = cast_i(x_i).
//
//   x       data_T[n_in]
//   y       res_T[n_in], res_T being the type that holds all of theirs
//   CONFIG  n_in; n_types: after how many elements the types repeat; cast(x, i): x in the type of element i
#ifndef NNET_CAST_H_
#define NNET_CAST_H_

namespace nnet {

template <class data_T, class res_T, class C>
void cast_elements(const data_T x[C::n_in], res_T y[C::n_in]) {
#pragma HLS INLINE
    for (unsigned i = 0; i < C::n_in; i++) {
#pragma HLS UNROLL
        y[i] = C::cast(x[i], i % C::n_types);
    }
}

} // namespace nnet

#endif

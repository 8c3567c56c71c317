// One step of each recurrent cell: what it makes of the features x, of the hidden state h and of the cell's state c.
//
//   own, other   the products with x and with h: input_t and recurrent_t, gate by gate, n_units each
//   sums         sum_t(own + other)
//   gates        gate_t, the gate's function of the sums; made: made_t, the activation of those that make the state
//
//   simple_cell       h = state_t(act(sum))
//   lstm_cell         gates i, f, o of the sums 0, 1, 3; g = act(sum 2): c = cell_t(i * g + f * c),
//                     h = state_t(o * act(c))
//   gru_cell          gates z, r: g = act(sum_t(own + reset_t(r * other))), h = state_t(g * (1 - z) + h * z)
//   gru_before_cell   the same with g = act(sum_t(own + candidate(reset_t(r * h))))
//
// CONFIG says the types, and has a struct with a function `run` for each product (input, recurrent, candidate) and each
// function (gate, activation, cell_activation). All that is not said to be cast is exact.
#ifndef NNET_RECURRENT_CELLS_H_
#define NNET_RECURRENT_CELLS_H_

#include "nnet_activation.h"
#include "nnet_dense.h"

namespace nnet {

// z[i] = Z(x[i] + y[i]).
template <unsigned N> struct recurrent_sum {
    template <class X, class Y, class Z> static void of(const X x[N], const Y y[N], Z z[N]) {
#pragma HLS INLINE
        for (unsigned i = 0; i < N; i++) {
#pragma HLS UNROLL
            z[i] = Z(x[i] + y[i]);
        }
    }
};

// z[i] = Z(x[i] * y[i]).
template <unsigned N> struct recurrent_product {
    template <class X, class Y, class Z> static void of(const X x[N], const Y y[N], Z z[N]) {
#pragma HLS INLINE
        for (unsigned i = 0; i < N; i++) {
#pragma HLS UNROLL
            z[i] = Z(x[i] * y[i]);
        }
    }
};

struct simple_cell {
    template <class C, class X>
    static void step(const X x[C::n_features], typename C::state_t h[C::n_units], typename C::cell_t[C::n_units]) {
#pragma HLS INLINE
        typename C::input_t own[C::n_units];
#pragma HLS ARRAY_PARTITION variable=own complete
        typename C::recurrent_t other[C::n_units];
#pragma HLS ARRAY_PARTITION variable=other complete
        typename C::sum_t sums[C::n_units];
#pragma HLS ARRAY_PARTITION variable=sums complete
        typename C::made_t made[C::n_units];
#pragma HLS ARRAY_PARTITION variable=made complete
        C::input::template run<X, typename C::input_t>(x, own);
        C::recurrent::template run<typename C::state_t, typename C::recurrent_t>(h, other);
        recurrent_sum<C::n_units>::of(own, other, sums);
        C::activation::template run<typename C::sum_t, typename C::made_t>(sums, made);
        for (unsigned i = 0; i < C::n_units; i++) {
#pragma HLS UNROLL
            h[i] = typename C::state_t(made[i]);
        }
    }
};

struct lstm_cell {
    template <class C, class X>
    static void step(const X x[C::n_features], typename C::state_t h[C::n_units], typename C::cell_t c[C::n_units]) {
#pragma HLS INLINE
        typename C::input_t own[4 * C::n_units];
#pragma HLS ARRAY_PARTITION variable=own complete
        typename C::recurrent_t other[4 * C::n_units];
#pragma HLS ARRAY_PARTITION variable=other complete
        typename C::sum_t sums[4 * C::n_units];
#pragma HLS ARRAY_PARTITION variable=sums complete
        typename C::gate_t gates[3 * C::n_units];
#pragma HLS ARRAY_PARTITION variable=gates complete
        typename C::made_t made[C::n_units];
#pragma HLS ARRAY_PARTITION variable=made complete
        typename C::shown_t shown[C::n_units];
#pragma HLS ARRAY_PARTITION variable=shown complete
        C::input::template run<X, typename C::input_t>(x, own);
        C::recurrent::template run<typename C::state_t, typename C::recurrent_t>(h, other);
        recurrent_sum<4 * C::n_units>::of(own, other, sums);
        C::gate::template run<typename C::sum_t, typename C::gate_t>(sums, gates);
        C::gate::template run<typename C::sum_t, typename C::gate_t>(sums + C::n_units, gates + C::n_units);
        C::gate::template run<typename C::sum_t, typename C::gate_t>(sums + 3 * C::n_units, gates + 2 * C::n_units);
        C::activation::template run<typename C::sum_t, typename C::made_t>(sums + 2 * C::n_units, made);
        for (unsigned i = 0; i < C::n_units; i++) {
#pragma HLS UNROLL
            c[i] = typename C::cell_t(gates[i] * made[i] + gates[C::n_units + i] * c[i]);
        }
        C::cell_activation::template run<typename C::cell_t, typename C::shown_t>(c, shown);
        recurrent_product<C::n_units>::of(gates + 2 * C::n_units, shown, h);
    }
};

// The end of a step of either kind of GRU: the new state is between the old one and what is made of the sums.
struct gru_end {
    template <class C>
    static void step(const typename C::sum_t sums[C::n_units], const typename C::gate_t gates[C::n_units],
                     typename C::state_t h[C::n_units]) {
#pragma HLS INLINE
        typename C::made_t made[C::n_units];
#pragma HLS ARRAY_PARTITION variable=made complete
        C::activation::template run<typename C::sum_t, typename C::made_t>(sums, made);
        for (unsigned i = 0; i < C::n_units; i++) {
#pragma HLS UNROLL
            const typename C::rest_t rest = 1 - gates[i];
            h[i] = typename C::state_t(made[i] * rest + h[i] * gates[i]);
        }
    }
};

struct gru_cell {
    template <class C, class X>
    static void step(const X x[C::n_features], typename C::state_t h[C::n_units], typename C::cell_t[C::n_units]) {
#pragma HLS INLINE
        typename C::input_t own[3 * C::n_units];
#pragma HLS ARRAY_PARTITION variable=own complete
        typename C::recurrent_t other[3 * C::n_units];
#pragma HLS ARRAY_PARTITION variable=other complete
        typename C::sum_t sums[3 * C::n_units];
#pragma HLS ARRAY_PARTITION variable=sums complete
        typename C::gate_t gates[2 * C::n_units];
#pragma HLS ARRAY_PARTITION variable=gates complete
        typename C::reset_t left[C::n_units];
#pragma HLS ARRAY_PARTITION variable=left complete
        C::input::template run<X, typename C::input_t>(x, own);
        C::recurrent::template run<typename C::state_t, typename C::recurrent_t>(h, other);
        recurrent_sum<2 * C::n_units>::of(own, other, sums);
        C::gate::template run<typename C::sum_t, typename C::gate_t>(sums, gates);
        C::gate::template run<typename C::sum_t, typename C::gate_t>(sums + C::n_units, gates + C::n_units);
        recurrent_product<C::n_units>::of(gates + C::n_units, other + 2 * C::n_units, left);
        recurrent_sum<C::n_units>::of(own + 2 * C::n_units, left, sums + 2 * C::n_units);
        gru_end::step<C>(sums + 2 * C::n_units, gates, h);
    }
};

struct gru_before_cell {
    template <class C, class X>
    static void step(const X x[C::n_features], typename C::state_t h[C::n_units], typename C::cell_t[C::n_units]) {
#pragma HLS INLINE
        typename C::input_t own[3 * C::n_units];
#pragma HLS ARRAY_PARTITION variable=own complete
        typename C::recurrent_t other[2 * C::n_units];
#pragma HLS ARRAY_PARTITION variable=other complete
        typename C::sum_t sums[3 * C::n_units];
#pragma HLS ARRAY_PARTITION variable=sums complete
        typename C::gate_t gates[2 * C::n_units];
#pragma HLS ARRAY_PARTITION variable=gates complete
        typename C::reset_t left[C::n_units];
#pragma HLS ARRAY_PARTITION variable=left complete
        typename C::candidate_t last[C::n_units];
#pragma HLS ARRAY_PARTITION variable=last complete
        C::input::template run<X, typename C::input_t>(x, own);
        C::recurrent::template run<typename C::state_t, typename C::recurrent_t>(h, other);
        recurrent_sum<2 * C::n_units>::of(own, other, sums);
        C::gate::template run<typename C::sum_t, typename C::gate_t>(sums, gates);
        C::gate::template run<typename C::sum_t, typename C::gate_t>(sums + C::n_units, gates + C::n_units);
        recurrent_product<C::n_units>::of(gates + C::n_units, h, left);
        C::candidate::template run<typename C::reset_t, typename C::candidate_t>(left, last);
        recurrent_sum<C::n_units>::of(own + 2 * C::n_units, last, sums + 2 * C::n_units);
        gru_end::step<C>(sums + 2 * C::n_units, gates, h);
    }
};

} // namespace nnet

#endif

// Convolutions on arrays: at every place of a window the dense kernel of the same name (nnet_dense.h, nnet_adders.h)
// computes from what the window sees there. A sequence is a plane of one row.
//
//   x       data_T[in_height * in_width * n_chan], the channels last
//   y       res_T[out_height * out_width * groups * n_out]
//   w, b    of each group as in nnet_dense.h, one group behind the other
//   CONFIG  the sizes of the plane, of the window (kernel_*, stride_*, dilation_*) and of the padding in front (pad_top,
//           pad_left; behind the input it goes as far as windows do), out_height, out_width
//           groups; n_in: taps times channels of a group; n_out: outputs of a group
//           rows_at_once, columns_at_once: positions that are computed side by side, some of one row or some rows;
//           interval: cycles from these to the next
//           and what the dense kernel wants
//
// Inputs of a product are the taps in row-major order with the channels of each together; zeros in the padding.
#ifndef NNET_CONV_H_
#define NNET_CONV_H_

#include "nnet_adders.h"
#include "nnet_conv_groups.h"
#include "nnet_dense.h"

namespace nnet {

// What follows from the sizes.
template <class C> struct conv_plane {
    // From the first to the last row, or column, that a window sees, and that any does.
    static const unsigned extent_height = C::dilation_height * (C::kernel_height - 1) + 1;
    static const unsigned extent_width = C::dilation_width * (C::kernel_width - 1) + 1;
    static const unsigned height = (C::out_height - 1) * C::stride_height + extent_height;
    static const unsigned width = (C::out_width - 1) * C::stride_width + extent_width;
    static const unsigned size = height * width * C::n_chan;

    static const unsigned n_in = C::groups * C::n_in, n_out = C::groups * C::n_out;
    static const unsigned results = C::out_height * C::out_width * n_out;
    static const unsigned at_once = C::rows_at_once * C::columns_at_once;
    static const unsigned turns = C::out_height * C::out_width / at_once;
    // How far the plane moves for the next positions of the same rows, and from the last ones to the next rows.
    static const unsigned step = C::columns_at_once * C::stride_width * C::n_chan;
    static const unsigned row_step = (C::rows_at_once * C::stride_height * width -
                                      (C::out_width - C::columns_at_once) * C::stride_width) * C::n_chan;
};

// The product at one place, group by group; `straight`: no loop of the kernel's own is in it. Row and column of the place
// do not count here.
struct conv_by_latency {
    static const bool straight = true;
    template <class data_T, class res_T, class C>
    static void product(const data_T x[C::groups * C::n_in], res_T y[C::groups * C::n_out], unsigned, unsigned,
                        const typename C::weight_t w[C::groups * C::n_in * C::n_out],
                        const typename C::bias_t b[C::groups * C::n_out]) {
#pragma HLS INLINE
    Groups:
        for (unsigned g = 0; g < C::groups; g++) {
#pragma HLS UNROLL
            dense_latency<data_T, res_T, C>(x + g * C::n_in, y + g * C::n_out, w + g * C::n_in * C::n_out,
                                            b + g * C::n_out);
        }
    }
};
struct conv_by_unrolled {
    static const bool straight = true;
    template <class data_T, class res_T, class C>
    static void product(const data_T x[C::groups * C::n_in], res_T y[C::groups * C::n_out], unsigned, unsigned,
                        const typename C::weight_t w[C::groups * C::n_in * C::n_out],
                        const typename C::bias_t b[C::groups * C::n_out]) {
#pragma HLS INLINE
    Groups:
        for (unsigned g = 0; g < C::groups; g++) {
#pragma HLS UNROLL
            dense_unrolled<data_T, res_T, C>(x + g * C::n_in, y + g * C::n_out, w + g * C::n_in * C::n_out,
                                             b + g * C::n_out);
        }
    }
};
struct conv_by_distributed {
    static const bool straight = true;
    template <class data_T, class res_T, class C>
    static void product(const data_T x[C::groups * C::n_in], res_T y[C::groups * C::n_out], unsigned, unsigned,
                        const typename C::weight_t w[C::groups * C::n_in * C::n_out],
                        const typename C::bias_t b[C::groups * C::n_out]) {
#pragma HLS INLINE
    Groups:
        for (unsigned g = 0; g < C::groups; g++) {
#pragma HLS UNROLL
            dense_distributed<data_T, res_T, C>(x + g * C::n_in, y + g * C::n_out, w + g * C::n_in * C::n_out,
                                                b + g * C::n_out);
        }
    }
};
struct conv_by_adders {
    static const bool straight = true;
    template <class data_T, class res_T, class C>
    static void product(const data_T x[C::groups * C::n_in], res_T y[C::groups * C::n_out], unsigned, unsigned) {
#pragma HLS INLINE
        dense_adders<data_T, res_T, C>(x, y);
    }
};
struct conv_by_resource {
    static const bool straight = false;
    template <class data_T, class res_T, class C>
    static void product(const data_T x[C::groups * C::n_in], res_T y[C::groups * C::n_out], unsigned, unsigned,
                        const typename C::weight_t w[C::groups * C::n_in * C::n_out / C::reuse_factor][C::reuse_factor],
                        const typename C::bias_t b[C::groups * C::n_out]) {
#pragma HLS INLINE
        conv_groups<(C::groups > 1)>::template run<data_T, res_T, C>(x, y, w, b);
    }
};

// The plane that windows see, with its padding.
template <class data_T, class C>
void conv_pad(const data_T x[C::in_height * C::in_width * C::n_chan], data_T plane[conv_plane<C>::size],
              const data_T &padding) {
#pragma HLS INLINE
Rows:
    for (unsigned r = 0; r < conv_plane<C>::height; r++) {
#pragma HLS UNROLL
    Columns:
        for (unsigned k = 0; k < conv_plane<C>::width; k++) {
#pragma HLS UNROLL
            // In front of the input the difference is a huge number.
            const bool inside = r - C::pad_top < C::in_height && k - C::pad_left < C::in_width;
        Channels:
            for (unsigned c = 0; c < C::n_chan; c++) {
#pragma HLS UNROLL
                plane[(r * conv_plane<C>::width + k) * C::n_chan + c] =
                    inside ? x[((r - C::pad_top) * C::in_width + k - C::pad_left) * C::n_chan + c] : padding;
            }
        }
    }
}

// What a window sees whose first tap is the first element of `x`, group by group. `row`: elements from one row to the
// next.
template <class data_T, class C, unsigned row, unsigned row_dilation>
void conv_window(const data_T *x, data_T seen[C::groups * C::n_in]) {
#pragma HLS INLINE
    const unsigned own = C::n_chan / C::groups;
Groups:
    for (unsigned g = 0; g < C::groups; g++) {
#pragma HLS UNROLL
    Rows:
        for (unsigned r = 0; r < C::kernel_height; r++) {
#pragma HLS UNROLL
        Columns:
            for (unsigned k = 0; k < C::kernel_width; k++) {
#pragma HLS UNROLL
            Channels:
                for (unsigned c = 0; c < own; c++) {
#pragma HLS UNROLL
                    seen[g * C::n_in + (r * C::kernel_width + k) * own + c] =
                        x[r * row_dilation * row + k * C::dilation_width * C::n_chan + g * own + c];
                }
            }
        }
    }
}

// The positions that are computed at once: the first of them, at `row` and `column`, sees the front of the plane.
template <class Kernel, class data_T, class res_T, class C, class... P>
void conv_at_once(const data_T *x, res_T *y, unsigned row, unsigned column, P... p) {
#pragma HLS INLINE
Rows:
    for (unsigned r = 0; r < C::rows_at_once; r++) {
#pragma HLS UNROLL
    Columns:
        for (unsigned k = 0; k < C::columns_at_once; k++) {
#pragma HLS UNROLL
            data_T seen[C::groups * C::n_in];
#pragma HLS ARRAY_PARTITION variable=seen complete
            conv_window<data_T, C, conv_plane<C>::width * C::n_chan, C::dilation_height>(
                x + (r * C::stride_height * conv_plane<C>::width + k * C::stride_width) * C::n_chan, seen);
            Kernel::template product<data_T, res_T, C>(
                seen, y + (r * C::columns_at_once + k) * conv_plane<C>::n_out, row + r, column + k, p...);
        }
    }
}

// Arrays whose part at work moves to the front, or where results enter to the end: see nnet::feed.
template <class T, unsigned N> struct moving {
#ifdef NNET_SHIFT_REGISTERS
    static T *front(T x[N], unsigned) {
#pragma HLS INLINE
        return x;
    }
    template <unsigned step> static void advance(T x[N]) {
#pragma HLS INLINE
        shift<T, N, step>(x);
    }
    // Where the last `part` elements are, which are the next results.
    template <unsigned part> static T *next(T x[N], unsigned) {
#pragma HLS INLINE
        return x + (N - part);
    }
#else
    static T *front(T x[N], unsigned place) { return x + place; }
    template <unsigned step> static void advance(T[N]) {}
    template <unsigned part> static T *next(T x[N], unsigned turn) { return x + turn * part; }
#endif
};

// Where the kernel stands: at which turn, at which position, and where its window begins.
struct conv_front {
    unsigned turn, row, column, place;
};

template <class Kernel, class data_T, class res_T, class C, class... P>
void conv_turn(data_T plane[conv_plane<C>::size], res_T results[conv_plane<C>::results], conv_front &at, P... p) {
#pragma HLS INLINE
    typedef conv_plane<C> sizes;
    typedef moving<data_T, sizes::size> feed_x;
    typedef moving<res_T, sizes::results> feed_y;
    const unsigned part = sizes::at_once * sizes::n_out;
    feed_y::template advance<part>(results);
    conv_at_once<Kernel, data_T, res_T, C>(feed_x::front(plane, at.place), feed_y::template next<part>(results, at.turn),
                                           at.row, at.column, p...);
    at.turn++;
    if (at.column == C::out_width - C::columns_at_once) {
        feed_x::template advance<sizes::row_step>(plane);
        at.place += sizes::row_step;
        at.column = 0;
        at.row += C::rows_at_once;
    } else {
        feed_x::template advance<sizes::step>(plane);
        at.place += sizes::step;
        at.column += C::columns_at_once;
    }
}

// All turns: a pipeline, or one after the other around a loop of the product's own.
template <bool straight> struct conv_turns {
    template <class Kernel, class data_T, class res_T, class C, class... P>
    static void take(data_T plane[conv_plane<C>::size], res_T results[conv_plane<C>::results], P... p) {
#pragma HLS INLINE
        static_assert(conv_plane<C>::turns > 1, "a single turn is no loop");
        conv_front at = {0, 0, 0, 0};
    Turns:
        for (unsigned t = 0; t < conv_plane<C>::turns; t++) {
#pragma HLS PIPELINE II=C::interval
            conv_turn<Kernel, data_T, res_T, C>(plane, results, at, p...);
        }
    }
};
template <> struct conv_turns<false> {
    template <class Kernel, class data_T, class res_T, class C, class... P>
    static void take(data_T plane[conv_plane<C>::size], res_T results[conv_plane<C>::results], P... p) {
#pragma HLS INLINE
        conv_front at = {0, 0, 0, 0};
    Turns:
        for (unsigned t = 0; t < conv_plane<C>::turns; t++) {
#ifdef __VITIS_HLS__
#pragma HLS PIPELINE off
#else
#pragma HLS LOOP_FLATTEN off
#endif
            conv_turn<Kernel, data_T, res_T, C>(plane, results, at, p...);
        }
    }
};

// All positions at once, or in turns.
template <bool in_turns> struct conv_positions {
    template <class Kernel, class data_T, class res_T, class C, class... P>
    static void run(const data_T *x, res_T *y, const data_T &padding, P... p) {
#pragma HLS INLINE
        data_T plane[conv_plane<C>::size];
#pragma HLS ARRAY_PARTITION variable=plane complete
        res_T results[conv_plane<C>::results];
#pragma HLS ARRAY_PARTITION variable=results complete
        conv_pad<data_T, C>(x, plane, padding);
        conv_turns<Kernel::straight>::template take<Kernel, data_T, res_T, C>(plane, results, p...);
    Results:
        for (unsigned i = 0; i < conv_plane<C>::results; i++) {
#pragma HLS UNROLL
            y[i] = results[i];
        }
    }
};
template <> struct conv_positions<false> {
    template <class Kernel, class data_T, class res_T, class C, class... P>
    static void run(const data_T *x, res_T *y, const data_T &padding, P... p) {
#pragma HLS INLINE
        data_T plane[conv_plane<C>::size];
#pragma HLS ARRAY_PARTITION variable=plane complete
        conv_pad<data_T, C>(x, plane, padding);
        conv_at_once<Kernel, data_T, res_T, C>(plane, y, 0, 0, p...);
    }
};

template <class data_T, class res_T, class C>
void conv_latency(const data_T x[C::in_height * C::in_width * C::n_chan],
                  res_T y[C::out_height * C::out_width * C::groups * C::n_out],
                  const typename C::weight_t w[C::groups * C::n_in * C::n_out],
                  const typename C::bias_t b[C::groups * C::n_out]) {
#pragma HLS INLINE
    conv_positions<(conv_plane<C>::turns > 1)>::template run<conv_by_latency, data_T, res_T, C>(x, y, data_T(0), w, b);
}

template <class data_T, class res_T, class C>
void conv_unrolled(const data_T x[C::in_height * C::in_width * C::n_chan],
                   res_T y[C::out_height * C::out_width * C::groups * C::n_out],
                   const typename C::weight_t w[C::groups * C::n_in * C::n_out],
                   const typename C::bias_t b[C::groups * C::n_out]) {
#pragma HLS INLINE
    conv_positions<(conv_plane<C>::turns > 1)>::template run<conv_by_unrolled, data_T, res_T, C>(x, y, data_T(0), w, b);
}

template <class data_T, class res_T, class C>
void conv_distributed(const data_T x[C::in_height * C::in_width * C::n_chan],
                      res_T y[C::out_height * C::out_width * C::groups * C::n_out],
                      const typename C::weight_t w[C::groups * C::n_in * C::n_out],
                      const typename C::bias_t b[C::groups * C::n_out]) {
#pragma HLS INLINE
    conv_positions<(conv_plane<C>::turns > 1)>::template run<conv_by_distributed, data_T, res_T, C>(x, y, data_T(0), w, b);
}

template <class data_T, class res_T, class C>
void conv_adders(const data_T x[C::in_height * C::in_width * C::n_chan],
                 res_T y[C::out_height * C::out_width * C::groups * C::n_out]) {
#pragma HLS INLINE
    conv_positions<(conv_plane<C>::turns > 1)>::template run<conv_by_adders, data_T, res_T, C>(x, y, data_T(0));
}

template <class data_T, class res_T, class C>
void conv_resource(const data_T x[C::in_height * C::in_width * C::n_chan],
                   res_T y[C::out_height * C::out_width * C::groups * C::n_out],
                   const typename C::weight_t w[C::groups * C::n_in * C::n_out / C::reuse_factor][C::reuse_factor],
                   const typename C::bias_t b[C::groups * C::n_out]) {
#pragma HLS INLINE
    conv_positions<(conv_plane<C>::turns > 1)>::template run<conv_by_resource, data_T, res_T, C>(x, y, data_T(0), w, b);
}

} // namespace nnet

#endif

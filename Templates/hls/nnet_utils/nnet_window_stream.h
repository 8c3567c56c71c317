// Windows that slide over a stream of pixels, row by row: what convolutions and pooling share.
//
//   CONFIG  the sizes of nnet_conv.h; interval: cycles from one pixel to the next where the loop is a pipeline
//
// The pixels pass through memories of one row each, from which every row of the window takes its own.
#ifndef NNET_WINDOW_STREAM_H_
#define NNET_WINDOW_STREAM_H_

#include "nnet_stream.h"

namespace nnet {

// Larger of two sizes.
template <unsigned a, unsigned b> struct larger {
    static const unsigned value = a > b ? a : b;
};

// What follows from the sizes.
template <class C> struct window_lines {
    static const unsigned extent_height = C::dilation_height * (C::kernel_height - 1) + 1;
    static const unsigned extent_width = C::dilation_width * (C::kernel_width - 1) + 1;
    // Rows and columns that pass: all of the input, and the padding as far as windows see it.
    static const unsigned height =
        larger<C::pad_top + C::in_height, (C::out_height - 1) * C::stride_height + extent_height>::value;
    static const unsigned width =
        larger<C::pad_left + C::in_width, (C::out_width - 1) * C::stride_width + extent_width>::value;
    // Rows that wait above the one that comes in.
    static const unsigned rows = extent_height - 1;
    static const unsigned memories = larger<rows, 1>::value;
    // Registers of a row of the window, and of all of it.
    static const unsigned row = extent_width * C::n_chan;
    static const unsigned elements = C::kernel_height * row;
};

// The pixel that comes in, and the place at which the next window will be complete.
struct window_place {
    unsigned row, column, next_row, next_column;
    // The output's own place.
    unsigned out_row, out_column;
};

// The next pixel: from the stream, or `padding`.
template <class data_T, class C>
data_T window_read(hls::stream<data_T> &x, const typename data_T::value_type &padding, const window_place &at) {
#pragma HLS INLINE
    data_T pixel;
#ifdef __VITIS_HLS__
#pragma HLS ARRAY_PARTITION variable=pixel.data complete
#else
#pragma HLS DATA_PACK variable=pixel
#endif
    // In front of the input the difference is a huge number.
    if (at.row - C::pad_top < C::in_height && at.column - C::pad_left < C::in_width) {
        pixel = x.read();
    } else {
        for (unsigned c = 0; c < C::n_chan; c++) {
#pragma HLS UNROLL
            pixel[c] = padding;
        }
    }
    return pixel;
}

// A pixel enters: in each row the window moves on, and takes the pixel of its column.
template <class data_T, class C>
void window_enter(const data_T &pixel, data_T lines[window_lines<C>::memories][window_lines<C>::width],
                  typename data_T::value_type window[window_lines<C>::elements], unsigned column) {
#pragma HLS INLINE
    typedef window_lines<C> sizes;
    data_T above = pixel;
#ifdef __VITIS_HLS__
#pragma HLS ARRAY_PARTITION variable=above.data complete
#else
#pragma HLS DATA_PACK variable=above
#endif
Rows:
    for (unsigned r = 0; r < sizes::extent_height; r++) {
#pragma HLS UNROLL
        // Counted from below; the window has every row of its dilation.
        if (r % C::dilation_height == 0) {
            const unsigned start = (C::kernel_height - 1 - r / C::dilation_height) * sizes::row;
        Columns:
            for (unsigned i = 0; i + C::n_chan < sizes::row; i++) {
#pragma HLS UNROLL
                window[start + i] = window[start + i + C::n_chan];
            }
        Channels:
            for (unsigned c = 0; c < C::n_chan; c++) {
#pragma HLS UNROLL
                window[start + sizes::row - C::n_chan + c] = above[c];
            }
        }
        if (r < sizes::rows) {
            const data_T next = lines[r][column];
            lines[r][column] = above;
            above = next;
        }
    }
}

// One pixel; a complete window is given out.
template <class Emit, class data_T, class res_T, class C, class... P>
void window_pixel(hls::stream<data_T> &x, hls::stream<res_T> &y, const typename data_T::value_type &padding,
                  data_T lines[window_lines<C>::memories][window_lines<C>::width],
                  typename data_T::value_type window[window_lines<C>::elements], window_place &at, P... p) {
#pragma HLS INLINE
    typedef window_lines<C> sizes;
    window_enter<data_T, C>(window_read<data_T, C>(x, padding, at), lines, window, at.column);
    if (at.row == at.next_row && at.column == at.next_column) Emit::write(window, y, at.out_row, at.out_column, p...);
    if (at.column == sizes::width - 1) {
        if (at.row == at.next_row) {
            at.next_row += C::stride_height;
            at.out_row++;
        }
        at.row++;
        at.column = 0;
        at.out_column = 0;
        at.next_column = sizes::extent_width - 1;
    } else {
        if (at.column == at.next_column) {
            at.next_column += C::stride_width;
            at.out_column++;
        }
        at.column++;
    }
}

// All pixels: a pipeline, or one after the other around a loop in Emit.
template <bool straight> struct window_pixels {
    template <class Emit, class data_T, class res_T, class C, class... P>
    static void pass(hls::stream<data_T> &x, hls::stream<res_T> &y, const typename data_T::value_type &padding,
                     data_T lines[window_lines<C>::memories][window_lines<C>::width], P... p) {
#pragma HLS INLINE
        typename data_T::value_type window[window_lines<C>::elements];
#pragma HLS ARRAY_PARTITION variable=window complete
        window_place at = {0, 0, window_lines<C>::extent_height - 1, window_lines<C>::extent_width - 1, 0, 0};
    Pixels:
        for (unsigned k = 0; k < window_lines<C>::height * window_lines<C>::width; k++) {
#ifdef __VITIS_HLS__
#pragma HLS PIPELINE off
#else
#pragma HLS LOOP_FLATTEN off
#endif
            window_pixel<Emit, data_T, res_T, C>(x, y, padding, lines, window, at, p...);
        }
    }
};
template <> struct window_pixels<true> {
    template <class Emit, class data_T, class res_T, class C, class... P>
    static void pass(hls::stream<data_T> &x, hls::stream<res_T> &y, const typename data_T::value_type &padding,
                     data_T lines[window_lines<C>::memories][window_lines<C>::width], P... p) {
#pragma HLS INLINE
        typename data_T::value_type window[window_lines<C>::elements];
#pragma HLS ARRAY_PARTITION variable=window complete
        window_place at = {0, 0, window_lines<C>::extent_height - 1, window_lines<C>::extent_width - 1, 0, 0};
        static_assert(window_lines<C>::height * window_lines<C>::width > 1, "one pixel is no stream");
    Pixels:
        for (unsigned k = 0; k < window_lines<C>::height * window_lines<C>::width; k++) {
#pragma HLS PIPELINE II=C::interval
            window_pixel<Emit, data_T, res_T, C>(x, y, padding, lines, window, at, p...);
        }
    }
};

// The rows that wait: registers where a row has a few pixels only, so that a pixel is written so shortly before it is read
// that a memory would not have it yet; else memories.
template <bool is_wide> struct window_memory {
    template <class Emit, bool straight, class data_T, class res_T, class C, class... P>
    static void run(hls::stream<data_T> &x, hls::stream<res_T> &y, const typename data_T::value_type &padding, P... p) {
#pragma HLS INLINE
        data_T lines[window_lines<C>::memories][window_lines<C>::width];
#pragma HLS ARRAY_PARTITION variable=lines complete dim=0
        window_pixels<straight>::template pass<Emit, data_T, res_T, C>(x, y, padding, lines, p...);
    }
};
template <> struct window_memory<true> {
    template <class Emit, bool straight, class data_T, class res_T, class C, class... P>
    static void run(hls::stream<data_T> &x, hls::stream<res_T> &y, const typename data_T::value_type &padding, P... p) {
#pragma HLS INLINE
        data_T lines[window_lines<C>::memories][window_lines<C>::width];
#ifdef __VITIS_HLS__
#pragma HLS AGGREGATE variable=lines
#else
#pragma HLS DATA_PACK variable=lines
#endif
#pragma HLS ARRAY_PARTITION variable=lines complete dim=1
// disjoint: a place is read and then written for one pixel, and touched again only a whole row of pixels later
#pragma HLS DEPENDENCE variable=lines inter false
        window_pixels<straight>::template pass<Emit, data_T, res_T, C>(x, y, padding, lines, p...);
    }
};

// All of it: `straight` where Emit has no loop of its own.
template <class Emit, bool straight, class data_T, class res_T, class C, class... P>
void window_stream(hls::stream<data_T> &x, hls::stream<res_T> &y, const typename data_T::value_type &padding, P... p) {
#pragma HLS INLINE
    window_memory<(window_lines<C>::width > 8)>::template run<Emit, straight, data_T, res_T, C>(x, y, padding, p...);
}

} // namespace nnet

#endif

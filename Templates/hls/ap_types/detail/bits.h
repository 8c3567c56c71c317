// References to single bits and to slices of a number, for reading and writing.
#ifndef HLSBUILD_AP_DETAIL_BITS_H
#define HLSBUILD_AP_DETAIL_BITS_H

#include "traits.h"

namespace apx {

// One bit. Bit 0 is the lowest one held, whatever it is worth.
template <class X> struct bit_ref {
    X &x;
    int at;

    APX_INLINE bit_ref(X &x_, int at_) : x(x_), at(at_) {}
    bit_ref(const bit_ref &) = default;
    APX_INLINE operator bool() const { return x.get_bit(at); }
    APX_INLINE bool to_bool() const { return x.get_bit(at); }
    APX_INLINE bool operator~() const { return !x.get_bit(at); }
    APX_INLINE bit_ref &operator=(bool b) {
        x.set_bit(at, b);
        return *this;
    }
    APX_INLINE bit_ref &operator=(const bit_ref &b) { return *this = (bool)b; }
};

// Bits low to high of a number, as an unsigned number of the same width. Reversed bounds are not supported.
template <class X> struct range_ref {
    typedef int_base<number<X>::W, false> value_t;
    X &x;
    int high, low;

    APX_INLINE range_ref(X &x_, int high_, int low_) : x(x_), high(high_), low(low_) {}
    range_ref(const range_ref &) = default;
    APX_INLINE value_t get() const { return x.slice(high, low); }
    APX_INLINE operator value_t() const { return get(); }
    APX_INLINE int to_int() const { return get().to_int(); }
    APX_INLINE unsigned to_uint() const { return get().to_uint(); }
    APX_INLINE long long to_int64() const { return get().to_int64(); }
    APX_INLINE unsigned long long to_uint64() const { return get().to_uint64(); }
    APX_INLINE int length() const { return high - low + 1; }
    APX_INLINE explicit operator bool() const { return get().V != 0; }
    template <class T, class = typename only_if<number<T>::kind == 1, T>::type> APX_INLINE operator T() const {
        return (T)get().V;
    }

    APX_INLINE range_ref &operator=(const range_ref &r) { return assign(r.get()); }
    template <class T> APX_INLINE range_ref &operator=(const T &v) { return assign(value_t(v)); }

  private:
    APX_INLINE range_ref &assign(const value_t &v) {
        x.set_slice(high, low, v);
        return *this;
    }
};

// What integers and fixed-point numbers have in common: access to the bits. X is the number itself; it has the member
// V.
template <class X, int W, bool S> struct bit_access {
    typedef typename bits_of<W, S>::raw raw_t;
    typedef typename bits_of<W, S>::calc calc_t;
    typedef typename bits_of<W, false>::calc unsigned_t;
    typedef int_base<W, false> slice_t;

    APX_INLINE slice_t slice(int high, int low) const {
        slice_t r;
        r.V = (typename slice_t::raw_t)wrap(shr(bits(), low), high - low + 1);
        return r;
    }
    APX_INLINE void set_slice(int high, int low, const slice_t &v) {
        const unsigned_t mask = shl(wrap(~unsigned_t(0), high - low + 1), low);
        put((bits() & ~mask) | (shl((unsigned_t)v.V, low) & mask));
    }
    APX_INLINE bool get_bit(int i) const { return (shr(bits(), i) & unsigned_t(1)) != unsigned_t(0); }
    APX_INLINE void set_bit(int i, bool b) {
        const unsigned_t one = shl(unsigned_t(1), i);
        put(b ? bits() | one : bits() & ~one);
    }

    APX_INLINE range_ref<X> range(int high, int low) { return range_ref<X>(self(), high, low); }
    APX_INLINE range_ref<X> range() { return range_ref<X>(self(), W - 1, 0); }
    APX_INLINE range_ref<X> operator()(int high, int low) { return range_ref<X>(self(), high, low); }
    APX_INLINE slice_t range(int high, int low) const { return slice(high, low); }
    APX_INLINE slice_t range() const { return slice(W - 1, 0); }
    APX_INLINE slice_t operator()(int high, int low) const { return slice(high, low); }
    APX_INLINE bit_ref<X> operator[](int i) { return bit_ref<X>(self(), i); }
    APX_INLINE bool operator[](int i) const { return get_bit(i); }
    APX_INLINE bit_ref<X> bit(int i) { return bit_ref<X>(self(), i); }
    APX_INLINE bool bit(int i) const { return get_bit(i); }
    APX_INLINE bool test(int i) const { return get_bit(i); }
    APX_INLINE void set(int i) { set_bit(i, true); }
    APX_INLINE void clear(int i) { set_bit(i, false); }
    APX_INLINE void invert(int i) { set_bit(i, !get_bit(i)); }
    APX_INLINE bool and_reduce() const { return wrap(bits(), W) == wrap(~unsigned_t(0), W); }
    APX_INLINE bool or_reduce() const { return wrap(bits(), W) != unsigned_t(0); }
    bool xor_reduce() const {
        bool r = false;
        for (int i = 0; i < W; i++) r ^= get_bit(i);
        return r;
    }
    APX_INLINE int length() const { return W; }
    APX_INLINE bool is_neg() const { return S && get_bit(W - 1); }
    APX_INLINE bool is_zero() const { return !or_reduce(); }

  private:
    APX_INLINE X &self() { return *static_cast<X *>(this); }
    APX_INLINE const X &self() const { return *static_cast<const X *>(this); }
    APX_INLINE unsigned_t bits() const { return (unsigned_t)(calc_t)self().V; }
    APX_INLINE void put(const unsigned_t &v) { self().V = (raw_t)wrap((calc_t)v, W); }
};

} // namespace apx

#endif

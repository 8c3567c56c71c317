// Arithmetic, comparison and shifts of any two numbers; the result types are those of traits.h, so that nothing is
// lost.
#ifndef HLSBUILD_AP_DETAIL_OPERATORS_H
#define HLSBUILD_AP_DETAIL_OPERATORS_H

#include "bits.h"
#include "wide.h"

namespace apx {

// The bits of a, as type C with F fraction bits.
template <class C, int F, class A> APX_INLINE C aligned(const A &a) { return shl((C)raw(a), F - number<A>::F); }

#define APX_ALIGNED_OPERATOR(op, name)                                                                                 \
    template <class A, class B> APX_INLINE typename result<A, B>::name operator op(const A &a, const B &b) {           \
        typedef typename result<A, B>::name R;                                                                         \
        typedef typename R::calc_t C;                                                                                  \
        R r;                                                                                                           \
        r.V = (typename R::raw_t)(aligned<C, result<A, B>::F>(a) op aligned<C, result<A, B>::F>(b));                   \
        return r;                                                                                                      \
    }
APX_ALIGNED_OPERATOR(+, sum)
APX_ALIGNED_OPERATOR(-, difference)
APX_ALIGNED_OPERATOR(&, logic)
APX_ALIGNED_OPERATOR(|, logic)
APX_ALIGNED_OPERATOR(^, logic)
#undef APX_ALIGNED_OPERATOR

template <class A, class B> APX_INLINE typename result<A, B>::product operator*(const A &a, const B &b) {
    typedef typename result<A, B>::product R;
    R r;
    r.V = (typename R::raw_t)((typename R::calc_t)raw(a) * (typename R::calc_t)raw(b));
    return r;
}

// Toward zero at the fraction bits of the result.
template <class A, class B> APX_INLINE typename result<A, B>::quotient operator/(const A &a, const B &b) {
    typedef typename result<A, B>::quotient R;
    typedef typename result<A, B>::divide_calc C;
    R r;
    r.V = (typename R::raw_t)(shl((C)raw(a), result<A, B>::divide_lift) / (C)raw(b));
    return r;
}

template <class A, class B> APX_INLINE typename result<A, B>::remainder operator%(const A &a, const B &b) {
    typedef typename result<A, B>::remainder R;
    typedef typename result<A, B>::divide_calc C;
    R r;
    r.V = (typename R::raw_t)((C)raw(a) % (C)raw(b));
    return r;
}

#define APX_COMPARISON(op)                                                                                             \
    template <class A, class B> APX_INLINE typename result<A, B>::comparison operator op(const A &a, const B &b) {     \
        typedef result<A, B> R;                                                                                        \
        return aligned<typename R::common, R::F>(a) op aligned<typename R::common, R::F>(b);                           \
    }                                                                                                                  \
    template <class A> APX_INLINE typename only_if<number<A>::ours, bool>::type operator op(const A &a, double b) {    \
        return a.to_double() op b;                                                                                     \
    }                                                                                                                  \
    template <class A> APX_INLINE typename only_if<number<A>::ours, bool>::type operator op(double a, const A &b) {    \
        return a op b.to_double();                                                                                     \
    }
APX_COMPARISON(==)
APX_COMPARISON(!=)
APX_COMPARISON(<)
APX_COMPARISON(>)
APX_COMPARISON(<=)
APX_COMPARISON(>=)
#undef APX_COMPARISON

// The right side of a compound assignment: an integer first takes the integer part of a fixed-point number, toward
// zero.
template <class A, class B, bool Cut = number<A>::kind == 2 && number<B>::kind == 3> struct right_side {
    static APX_INLINE const B &of(const B &b) { return b; }
};
template <class A, class B> struct right_side<A, B, true> {
    typedef int_base<APX_MAX(number<B>::I, 1), number<B>::S> whole;
    static APX_INLINE whole of(const B &b) { return whole(b); }
};

#define APX_COMPOUND(op)                                                                                               \
    template <class A, class B>                                                                                        \
    APX_INLINE typename only_if<(number<A>::ours && number<B>::kind > 0), A>::type &operator op##=(A &a, const B &b) { \
        return a = a op right_side<A, B>::of(b);                                                                       \
    }
APX_COMPOUND(+)
APX_COMPOUND(-)
APX_COMPOUND(*)
APX_COMPOUND(/)
APX_COMPOUND(%)
APX_COMPOUND(&)
APX_COMPOUND(|)
APX_COMPOUND(^)
#undef APX_COMPOUND

// Shifts keep the type of what is shifted: bits that leave it are lost without rounding or saturation, and a negative
// amount shifts the other way.
template <class A> APX_INLINE A shifted(const A &a, int n) {
    A r;
    const typename A::calc_t v = (typename A::calc_t)a.V;
    r.V = (typename A::raw_t)wrap(n >= 0 ? shl(v, n) : shr(v, -n), A::width);
    return r;
}
template <class A> APX_INLINE typename only_if<number<A>::ours, A>::type operator<<(const A &a, int n) {
    return shifted(a, n);
}
template <class A> APX_INLINE typename only_if<number<A>::ours, A>::type operator>>(const A &a, int n) {
    return shifted(a, -n);
}
template <class A, int W, bool S>
APX_INLINE typename only_if<number<A>::ours, A>::type operator<<(const A &a, const int_base<W, S> &n) {
    return shifted(a, n.to_int());
}
template <class A, int W, bool S>
APX_INLINE typename only_if<number<A>::ours, A>::type operator>>(const A &a, const int_base<W, S> &n) {
    return shifted(a, -n.to_int());
}
template <class A, class B>
APX_INLINE typename only_if<number<A>::ours, A>::type &operator<<=(A &a, const B &n) {
    return a = a << n;
}
template <class A, class B>
APX_INLINE typename only_if<number<A>::ours, A>::type &operator>>=(A &a, const B &n) {
    return a = a >> n;
}

// Steps of one, not of the last place.
template <class A> APX_INLINE typename only_if<number<A>::ours, A>::type &operator++(A &a) { return a = a + 1; }
template <class A> APX_INLINE typename only_if<number<A>::ours, A>::type &operator--(A &a) { return a = a - 1; }
template <class A> APX_INLINE typename only_if<number<A>::ours, A>::type operator++(A &a, int) {
    const A before = a;
    ++a;
    return before;
}
template <class A> APX_INLINE typename only_if<number<A>::ours, A>::type operator--(A &a, int) {
    const A before = a;
    --a;
    return before;
}

template <class A> APX_INLINE typename only_if<number<A>::ours, A>::type operator+(const A &a) { return a; }
template <class A> APX_INLINE typename only_if<number<A>::ours, A>::type operator~(const A &a) {
    A r;
    r.V = (typename A::raw_t)wrap(~(typename A::calc_t)a.V, A::width);
    return r;
}
template <class A> APX_INLINE typename A::negated_t operator-(const A &a) {
    typename A::negated_t r;
    r.V = (typename A::negated_t::raw_t)(-(typename A::negated_t::calc_t)a.V);
    return r;
}
template <class A> APX_INLINE typename only_if<number<A>::ours, bool>::type operator!(const A &a) { return !raw(a); }

} // namespace apx

#endif

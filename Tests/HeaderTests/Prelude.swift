/// The C++ side of every test program: reads numbers as hexadecimal bits, prints results with their type. Only the
/// vendor's interface is used, so that the same programs run on the vendor's open headers.
let prelude = #"""
    #include "ap_fixed.h"
    #include "ap_int.h"
    #include <stdint.h>
    #include <stdio.h>
    #include <string.h>

    template <class T> void show_bits(const T &x, int width) {
        for (int digit = (width + 3) / 4 - 1; digit >= 0; digit--) {
            int d = 0;
            for (int k = 3; k >= 0; k--) d = 2 * d + (4 * digit + k < width ? (int)(bool)x[4 * digit + k] : 0);
            putchar("0123456789abcdef"[d]);
        }
    }
    template <int W, bool S> void show(const ap_int_base<W, S> &x) {
        printf("%s%d:", S ? "i" : "u", W);
        show_bits(x, W);
        putchar(' ');
    }
    template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O, int N> void show(const ap_fixed_base<W, I, S, Q, O, N> &x) {
        printf("%s%d,%d:", S ? "f" : "uf", W, I);
        show_bits(x, W);
        putchar(' ');
    }
    void show(double d) {
        uint64_t u;
        memcpy(&u, &d, 8);
        printf("d:%llx ", (unsigned long long)u);
    }
    void show(long long v) { printf("%lld ", v); }
    void show(bool v) { printf("%d ", v); }
    void done() { putchar('\n'); }

    template <class T> T parse(const char *hex) {
        T x = 0;
        int width = 4 * (int)strlen(hex);
        for (int i = 0; i < T::width && i < width; i++) {
            const char c = hex[strlen(hex) - 1 - i / 4];
            const int d = c <= '9' ? c - '0' : c - 'a' + 10;
            x[i] = (d >> (i % 4) & 1) != 0;
        }
        return x;
    }

    template <class A, class B> void compare(const A &a, const B &b) {
        printf("%d%d%d%d%d%d ", a == b, a != b, a < b, a > b, a <= b, a >= b);
    }
    template <class A, class B> void assign_all(const A &a, const B &b) {
        A t = a; t += b; show(t);
        t = a; t -= b; show(t);
        t = a; t *= b; show(t);
    }
    template <class A, class B> void binary(const char *as, const char *bs) {
        const A a = parse<A>(as);
        const B b = parse<B>(bs);
        show(a + b); show(a - b); show(a * b); show(a & b); show(a | b); show(a ^ b);
        assign_all(a, b);
        done();
    }
    template <class A, class B> void ordered(const char *as, const char *bs) {
        const A a = parse<A>(as);
        const B b = parse<B>(bs);
        compare(a, b);
        if (b != 0) show(a / b);
        done();
    }
    template <class A, class B> void remainder_of(const char *as, const char *bs) {
        show(parse<A>(as) % parse<B>(bs));
        done();
    }
    template <class A, class C> void with_c_integer(const char *as, C c) {
        const A a = parse<A>(as);
        show(a + c); show(c - a); show(a * c);
        compare(a, c);
        show(A(c));
        done();
    }
    template <class From, class To> void convert(const char *s) {
        show(To(parse<From>(s)));
        To assigned = 0;
        assigned = parse<From>(s);
        show(assigned);
        done();
    }
    template <class To> void from_double(double d) {
        show(To(d));
        done();
    }
    template <class A> void unary(const char *s, int n) {
        const A a = parse<A>(s);
        show(-a); show(~a); show(!a); show(A(a << n)); show(A(a >> n));
        A t = a; ++t; show(t);
        t = a; --t; show(t);
        t = a; show(A(t++)); show(A(t--)); show(t);
        t = a; t <<= n; show(t);
        show((long long)a.to_int()); show((long long)a.to_int64());
        done();
    }
    template <class A> void as_double(const char *s) {
        show(parse<A>(s).to_double());
        show(parse<A>(s) > 0.375);
        done();
    }
    template <class A> void bits(const char *s, const char *v, int high, int low) {
        A a = parse<A>(s);
        const A c = a;
        show(ap_uint<A::width>(a.range(high, low)));
        show(ap_uint<A::width>(c(high, low)));
        show((bool)c[low]);
        a.range(high, low) = parse<ap_uint<A::width> >(v);
        show(a);
        a[low] = !a[low];
        show(a);
        done();
    }
    """#

// Bit-exact emulator of the firmware {{ project }}: the written firmware itself in one file, behind a C interface.
//
// Everything lies in a namespace of the project's name and is hidden, so that two networks with layers, weights or
// kernels of the same name do not meet: neither in one program nor in one shared library.
{% for header in system %}
#include <{{ header }}>
{% endfor %}
#include <stddef.h>
#include <stdint.h>
#include <new>

#if defined(__GNUC__)
#pragma GCC visibility push(hidden)
// Labels name loops for the synthesis tool.
#pragma GCC diagnostic ignored "-Wunused-label"
#endif

#include "{{ project }}_emulator.h"

namespace {{ project }}_firmware {

{{ firmware }}
// ---- Between plain numbers and the arguments of {{ project }}.

namespace {{ project }}_emulation {

template <int W, class E> inline void set_element(E &element, long long raw) {
    const ap_int<W> bits = raw;
    element.range(W - 1, 0) = bits;
}
template <int W, class E> inline void set_element(E &element, double value) { element = value; }
{% if casts %}

// Where the elements of an input differ in type: a number is cast to the type of its own place, a raw integer has the last
// place of the type that holds all.
namespace element_types {
{% for port in casts %}
struct {{ port.name }}_types {
    static const unsigned period = {{ port.period }};
    {{ port.cast }}
};
{% endfor %}
} // namespace element_types

template <int W, class C, class E> inline void set_element(E &element, long long raw, unsigned) { set_element<W>(element, raw); }
template <int W, class C, class E> inline void set_element(E &element, double value, unsigned i) {
    element = C::cast(value, i % C::period);
}
{% endif %}

template <class B, int W, class E> inline void get_element(const E &element, long long &raw) {
    E copy = element;
    const B bits(copy.range(W - 1, 0));
    raw = bits.to_int64();
}
template <class B, int W, class E> inline void get_element(const E &element, double &value) { value = element.to_double(); }

inline int check(long long value, long long minimum, long long maximum) {
    return value < minimum || value > maximum ? {{ macro }}_EMULATOR_RANGE : {{ macro }}_EMULATOR_OK;
}
inline int check(double value, long long, long long) {
    return value - value == 0 ? {{ macro }}_EMULATOR_OK : {{ macro }}_EMULATOR_NOT_FINITE;
}

// The arguments of the firmware, apart from the stack: they may be large.
struct ports {
{% if stream %}
{% else %}
{% for port in all %}
    {{ port.type }} {{ port.name }}_port[{{ port.count }}];
{% endfor %}
{% endif %}
    int unused;
};

// In: long long or double, as is Out.
template <class In, class Number, class Out> int run_sample(ports &p, const In *in, Out *out) {
    (void)p;
{% for port in inputs %}
    for (long i = 0; i < {{ port.count }}; i++) {
        const int status = check((Number)in[{{ port.at }} + i], {{ port.minimum_literal }}, {{ port.maximum_literal }});
        if (status != {{ macro }}_EMULATOR_OK) return status;
    }
{% endfor %}
{% if stream %}
{% for port in inputs %}
    hls::stream<{{ port.type }}> {{ port.name }}_port("{{ port.name }}");
    for (long k = 0; k < {{ port.groups }}; k++) {
        {{ port.type }} group;
{% if port.cast %}
        for (int c = 0; c < {{ port.channels }}; c++) {
            const long i = k * {{ port.channels }} + c;
            set_element<{{ port.width }}, element_types::{{ port.name }}_types>(group[c], (Number)in[{{ port.at }} + i], i);
        }
{% else %}
        for (int c = 0; c < {{ port.channels }}; c++)
            set_element<{{ port.width }}>(group[c], (Number)in[{{ port.at }} + k * {{ port.channels }} + c]);
{% endif %}
        {{ port.name }}_port.write(group);
    }
{% endfor %}
{% for port in outputs %}
    hls::stream<{{ port.type }}> {{ port.name }}_port("{{ port.name }}");
{% endfor %}
    {{ project }}({{ arguments }});
{% for port in outputs %}
    for (long k = 0; k < {{ port.groups }}; k++) {
        const {{ port.type }} group = {{ port.name }}_port.read();
        for (int c = 0; c < {{ port.channels }}; c++) {
            Number value;
            get_element<{{ port.bits }}, {{ port.width }}>(group[c], value);
            out[{{ port.at }} + k * {{ port.channels }} + c] = value;
        }
    }
{% endfor %}
{% else %}
{% for port in inputs %}
    for (long i = 0; i < {{ port.count }}; i++)
{% if port.cast %}
        set_element<{{ port.width }}, element_types::{{ port.name }}_types>(p.{{ port.name }}_port[i], (Number)in[{{ port.at }} + i], i);
{% else %}
        set_element<{{ port.width }}>(p.{{ port.name }}_port[i], (Number)in[{{ port.at }} + i]);
{% endif %}
{% endfor %}
    {{ project }}({{ members }});
{% for port in outputs %}
    for (long i = 0; i < {{ port.count }}; i++) {
        Number value;
        get_element<{{ port.bits }}, {{ port.width }}>(p.{{ port.name }}_port[i], value);
        out[{{ port.at }} + i] = value;
    }
{% endfor %}
{% endif %}
    return {{ macro }}_EMULATOR_OK;
}

template <class In, class Number, class Out>
int run_samples(ports *p, const In *in, Out *out, size_t samples) {
    if (samples > 0 && (!p || !in || !out)) return {{ macro }}_EMULATOR_NULL;
    for (size_t n = 0; n < samples; n++) {
        const int status =
            run_sample<In, Number>(*p, in + n * {{ macro }}_EMULATOR_INPUTS, out + n * {{ macro }}_EMULATOR_OUTPUTS);
        if (status != {{ macro }}_EMULATOR_OK) return status;
    }
    return {{ macro }}_EMULATOR_OK;
}

} // namespace {{ project }}_emulation
} // namespace {{ project }}_firmware

struct {{ project }}_emulator {
    {{ project }}_firmware::{{ project }}_emulation::ports ports;
};

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

{{ project }}_emulator *{{ project }}_emulator_create(void) { return new (std::nothrow) {{ project }}_emulator(); }

void {{ project }}_emulator_destroy({{ project }}_emulator *emulator) { delete emulator; }

// No exception may reach a caller that is written in C.
#if defined(__cpp_exceptions) || defined(__EXCEPTIONS)
#define {{ macro }}_EMULATOR_GUARDED(statement) \
    try { statement; } catch (...) { return {{ macro }}_EMULATOR_MEMORY; }
#else
#define {{ macro }}_EMULATOR_GUARDED(statement) statement;
#endif

int {{ project }}_emulator_predict_raw(
    {{ project }}_emulator *emulator, const int64_t *inputs, int64_t *outputs, size_t samples) {
    {{ macro }}_EMULATOR_GUARDED(return ({{ project }}_firmware::{{ project }}_emulation::run_samples<int64_t, long long>(
        emulator ? &emulator->ports : 0, inputs, outputs, samples)))
}

int {{ project }}_emulator_predict(
    {{ project }}_emulator *emulator, const double *inputs, double *outputs, size_t samples) {
    {{ macro }}_EMULATOR_GUARDED(return ({{ project }}_firmware::{{ project }}_emulation::run_samples<double, double>(
        emulator ? &emulator->ports : 0, inputs, outputs, samples)))
}

const char *{{ project }}_emulator_firmware(void) { return "{{ digest }}"; }

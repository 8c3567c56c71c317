// Between plain numbers and the arguments of {{ project }}: used by the test bench and by the bridge, never synthesised.
//
// A number is a long long (the raw integer of an element, in units of its last place), a double or a float.
#ifndef {{ guard }}
#define {{ guard }}

#include "firmware/{{ project }}.h"

namespace {{ project }}_marshal {

template <int W, class E> inline void set_element(E &element, long long raw) {
    const ap_int<W> bits = raw;
    element.range(W - 1, 0) = bits;
}
template <int W, class E> inline void set_element(E &element, double value) { element = value; }
template <int W, class E> inline void set_element(E &element, float value) { element = (double)value; }
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
template <int W, class C, class E> inline void set_element(E &element, float value, unsigned i) {
    element = C::cast((double)value, i % C::period);
}
{% endif %}

template <class B, int W, class E> inline void get_element(const E &element, long long &raw) {
    E copy = element;
    const B bits(copy.range(W - 1, 0));
    raw = bits.to_int64();
}
template <class B, int W, class E> inline void get_element(const E &element, double &value) { value = element.to_double(); }
template <class B, int W, class E> inline void get_element(const E &element, float &value) {
    value = (float)element.to_double();
}

// Elements of one sample, all inputs one after the other, and all outputs.
static const int input_elements = {{ input_elements }};
static const int output_elements = {{ output_elements }};

template <class In, class Out>
inline void run_sample(
{% for port in inputs %}
    const In *{{ port.name }}_in,
{% endfor %}
{% for port in outputs %}
    Out *{{ port.name }}_out{% if not last %},{% endif %}
{% endfor %}
) {
{% if stream %}
{% for port in inputs %}
    hls::stream<{{ port.type }}> {{ port.name }}("{{ port.name }}");
    for (int k = 0; k < {{ port.groups }}; k++) {
        {{ port.type }} group;
{% if port.cast %}
        for (int c = 0; c < {{ port.channels }}; c++) {
            const int i = k * {{ port.channels }} + c;
            set_element<{{ port.width }}, element_types::{{ port.name }}_types>(group[c], {{ port.name }}_in[i], i);
        }
{% else %}
        for (int c = 0; c < {{ port.channels }}; c++) set_element<{{ port.width }}>(group[c], {{ port.name }}_in[k * {{ port.channels }} + c]);
{% endif %}
        {{ port.name }}.write(group);
    }
{% endfor %}
{% for port in outputs %}
    hls::stream<{{ port.type }}> {{ port.name }}("{{ port.name }}");
{% endfor %}
    {{ project }}({{ arguments }});
{% for port in outputs %}
    for (int k = 0; k < {{ port.groups }}; k++) {
        const {{ port.type }} group = {{ port.name }}.read();
        for (int c = 0; c < {{ port.channels }}; c++)
            get_element<{{ port.bits }}, {{ port.width }}>(group[c], {{ port.name }}_out[k * {{ port.channels }} + c]);
    }
{% endfor %}
{% else %}
{% for port in inputs %}
    static {{ port.type }} {{ port.name }}[{{ port.count }}];
{% if port.cast %}
    for (int i = 0; i < {{ port.count }}; i++)
        set_element<{{ port.width }}, element_types::{{ port.name }}_types>({{ port.name }}[i], {{ port.name }}_in[i], i);
{% else %}
    for (int i = 0; i < {{ port.count }}; i++) set_element<{{ port.width }}>({{ port.name }}[i], {{ port.name }}_in[i]);
{% endif %}
{% endfor %}
{% for port in outputs %}
    static {{ port.type }} {{ port.name }}[{{ port.count }}];
{% endfor %}
    {{ project }}({{ arguments }});
{% for port in outputs %}
    for (int i = 0; i < {{ port.count }}; i++) get_element<{{ port.bits }}, {{ port.width }}>({{ port.name }}[i], {{ port.name }}_out[i]);
{% endfor %}
{% endif %}
}

// One sample whose inputs, and whose outputs, lie one after the other.
template <class In, class Out> inline void run_packed(const In *in, Out *out) {
    run_sample<In, Out>({{ packed }});
}

} // namespace {{ project }}_marshal

#endif

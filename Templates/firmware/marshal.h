// Between plain numbers and the arguments of {{ project }}: used by the test bench and by the bridge, never synthesised.
//
// A number is a long long (the raw integer of an element, in units of its last place), a double or a float.
#ifndef {{ guard }}
#define {{ guard }}

#include "firmware/{{ project }}.h"

template <int W, class E> inline void set_element(E &element, long long raw) {
    const ap_int<W> bits = raw;
    element.range(W - 1, 0) = bits;
}
template <int W, class E> inline void set_element(E &element, double value) { element = value; }
template <int W, class E> inline void set_element(E &element, float value) { element = (double)value; }

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
        for (int c = 0; c < {{ port.channels }}; c++) set_element<{{ port.width }}>(group[c], {{ port.name }}_in[k * {{ port.channels }} + c]);
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
    for (int i = 0; i < {{ port.count }}; i++) set_element<{{ port.width }}>({{ port.name }}[i], {{ port.name }}_in[i]);
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

#endif

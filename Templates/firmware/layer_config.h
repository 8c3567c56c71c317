// {{ id }}: sizes and types inside the layer.
#ifndef {{ guard }}
#define {{ guard }}

{% for header in headers %}
#include "{{ header }}"
{% endfor %}

struct {{ name }} {
{% for member in members %}
    {{ member }}
{% endfor %}
};

#endif

// What the tensor {{ id }} is passed as.
#ifndef {{ guard }}
#define {{ guard }}

{% for header in headers %}
#include "{{ header }}"
{% endfor %}

typedef {{ element }} {{ name }};

#endif

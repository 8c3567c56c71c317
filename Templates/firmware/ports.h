// The types of the top function's arguments.
#ifndef {{ guard }}
#define {{ guard }}

{% for header in headers %}
#include "{{ header }}"
{% endfor %}

{% for typedef in typedefs %}
{{ typedef }}
{% endfor %}

#endif

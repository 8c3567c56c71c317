// {{ id }}: what the function takes and gives.
#ifndef {{ guard }}
#define {{ guard }}

{% for header in headers %}
#include "{{ header }}"
{% endfor %}

{{ signature }};

#endif

// {{ project }}: the function that becomes hardware.
#ifndef {{ guard }}
#define {{ guard }}

{% for header in headers %}
#include "{{ header }}"
{% endfor %}

void {{ project }}(
{% for argument in arguments %}
    {{ argument }}{% if not last %},{% endif %}
{% endfor %}
);

#endif

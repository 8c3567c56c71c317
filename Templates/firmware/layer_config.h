// {{ id }}: sizes and types inside the layer.
#ifndef {{ guard }}
#define {{ guard }}

{% for header in headers %}
#include "{{ header }}"
{% endfor %}

{% for config in configs %}
struct {{ config.name }} {
{% for member in config.members %}
    {{ member }}
{% endfor %}
};
{% if not last %}

{% endif %}
{% endfor %}

#endif

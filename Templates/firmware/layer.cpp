// {{ id }}: a layer with trained constants. Nothing but this file and what it includes depends on them.
#include "{{ id }}.h"
#include "{{ id }}_config.h"
{% for header in headers %}
#include "../{{ header }}"
{% endfor %}

{{ definition }}

// All layers: functions, and config structs of those that hold no trained constants. A layer with trained constants
// keeps its struct in a file of its own, layers/NAME_config.h, that only its function includes: editing one layer
// recompiles one.
#ifndef {{ guard }}
#define {{ guard }}

{% for header in headers %}
#include "{{ header }}"
{% endfor %}

#endif

// The types of all tensors: what a layer gives is NAME_t.
#ifndef {{ guard }}
#define {{ guard }}

#include "ports.h"

{% for typedef in typedefs %}
{{ typedef }}
{% endfor %}

#endif

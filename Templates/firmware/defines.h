// The types of all tensors: what layer NAME gives is {{ project }}_NAME_t, what the network takes and gives are
// {{ project }}_input_t and {{ project }}_result_t.
#ifndef {{ guard }}
#define {{ guard }}

{% for header in headers %}
#include "{{ header }}"
{% endfor %}

#endif

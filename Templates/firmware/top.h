// {{ project }}: the function that becomes hardware.
#ifndef {{ guard }}
#define {{ guard }}

#include "ports.h"

void {{ project }}(
{% for argument in arguments %}
    {{ argument }}{% if not last %},{% endif %}
{% endfor %}
);

#endif

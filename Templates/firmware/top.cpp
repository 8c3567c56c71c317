// {{ project }}: the network as a sequence of its layers. Layers with trained constants lie in layers/.
#include "{{ project }}.h"
#include "defines.h"
#include "parameters.h"
{% for header in headers %}
#include "{{ header }}"
{% endfor %}

{% for function in functions %}
{{ function }}

{% endfor %}
void {{ project }}(
{% for argument in arguments %}
    {{ argument }}{% if not last %},{% endif %}
{% endfor %}
) {
{% for pragma in pragmas %}
#pragma HLS {{ pragma }}
{% endfor %}
{% for step in steps %}

{{ step.declarations }}    {{ step.call }}
{% endfor %}
}

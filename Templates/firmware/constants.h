// {{ name }}: {{ count }} constants of the type {{ type }}, each exactly a value of it.
// {{ order }}
#ifndef {{ guard }}
#define {{ guard }}

#include "ap_fixed.h"
#include "ap_int.h"

static const {{ type }} {{ name }}{{ dimensions }} = {
{{ rows }}};

#endif

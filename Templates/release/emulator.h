/* Bit-exact emulator of the firmware {{ project }}: a C interface for software of any language.
 *
 * Link {{ project }}_emulator.cpp (any C++11 compiler, no other file, no option needed). Every symbol begins with
 * {{ project }}_, so that emulators of several networks fit into one program. There is no global state: an emulator
 * may be used by one thread at a time, different emulators by different threads at the same time.
 *
 * A sample is all inputs one after the other, and all its outputs:
{% for port in inputs %}
 *   input  {{ port.name }}: {{ port.shape }} of {{ port.element }}, raw integers {{ port.minimum }} ... {{ port.maximum }} in units of 2^{{ port.exponent }}
{% endfor %}
{% for port in outputs %}
 *   output {{ port.name }}: {{ port.shape }} of {{ port.element }}, raw integers {{ port.minimum }} ... {{ port.maximum }} in units of 2^{{ port.exponent }}
{% endfor %}
 */
#ifndef {{ guard }}
#define {{ guard }}

#include <stddef.h>
#include <stdint.h>

/* Numbers of one sample. */
#define {{ macro }}_EMULATOR_INPUTS {{ input_elements }}
#define {{ macro }}_EMULATOR_OUTPUTS {{ output_elements }}

/* What the functions below return. */
#define {{ macro }}_EMULATOR_OK 0
/* A null pointer was given. */
#define {{ macro }}_EMULATOR_NULL 1
/* A raw integer is none of its input's type; the samples before were done. */
#define {{ macro }}_EMULATOR_RANGE 2
/* A number is infinite or none (NaN); the samples before were done. */
#define {{ macro }}_EMULATOR_NOT_FINITE 3
/* There is not enough memory. */
#define {{ macro }}_EMULATOR_MEMORY 4

#if defined(__GNUC__)
#define {{ macro }}_EMULATOR_API __attribute__((visibility("default")))
#else
#define {{ macro }}_EMULATOR_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {{ project }}_emulator {{ project }}_emulator;

/* A new emulator; a null pointer where there is not enough memory. */
{{ macro }}_EMULATOR_API {{ project }}_emulator *{{ project }}_emulator_create(void);

/* Ends an emulator; a null pointer is left alone. */
{{ macro }}_EMULATOR_API void {{ project }}_emulator_destroy({{ project }}_emulator *emulator);

/* The integers that the firmware gives for integers, sample after sample: exact. */
{{ macro }}_EMULATOR_API int {{ project }}_emulator_predict_raw(
    {{ project }}_emulator *emulator, const int64_t *inputs, int64_t *outputs, size_t samples);

/* The same on numbers: each input is first brought into its type, as the type rounds and overflows. */
{{ macro }}_EMULATOR_API int {{ project }}_emulator_predict(
    {{ project }}_emulator *emulator, const double *inputs, double *outputs, size_t samples);

/* SHA-256 of the firmware's sources, 64 hexadecimal digits: tells which firmware is emulated. */
{{ macro }}_EMULATOR_API const char *{{ project }}_emulator_firmware(void);

#ifdef __cplusplus
}
#endif

#endif

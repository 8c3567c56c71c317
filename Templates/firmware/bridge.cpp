// The firmware of {{ project }} as a program and as a library.
//
// The program is the C simulation: raw 64-bit integers, little-endian, sample by sample, from one file to another.
// The library has {{ project }}_float and {{ project }}_double, one sample a call, for use from other languages.
#include <stdio.h>

#include "{{ project }}_marshal.h"

extern "C" void {{ project }}_float({{ float_arguments }}) { {{ project }}_marshal::run_sample<float, float>({{ plain }}); }

extern "C" void {{ project }}_double({{ double_arguments }}) { {{ project }}_marshal::run_sample<double, double>({{ plain }}); }

#ifndef {{ macro }}_NO_MAIN
int main(int argc, char **argv) {
    using namespace {{ project }}_marshal;
    if (argc != 3) {
        fprintf(stderr, "usage: %s INPUTS OUTPUTS\n", argv[0]);
        return 2;
    }
    FILE *inputs = fopen(argv[1], "rb");
    if (!inputs) {
        perror(argv[1]);
        return 2;
    }
    FILE *outputs = fopen(argv[2], "wb");
    if (!outputs) {
        perror(argv[2]);
        return 2;
    }
    static long long in[input_elements], out[output_elements];
    size_t count;
    while ((count = fread(in, sizeof in[0], input_elements, inputs)) == (size_t)input_elements) {
        run_packed(in, out);
        if (fwrite(out, sizeof out[0], output_elements, outputs) != (size_t)output_elements) {
            perror(argv[2]);
            return 1;
        }
    }
    if (ferror(inputs)) {
        perror(argv[1]);
        return 1;
    }
    if (count != 0) {
        fprintf(stderr, "%s: the last sample has %d of %d numbers\n", argv[1], (int)count, input_elements);
        return 2;
    }
    fclose(inputs);
    if (fclose(outputs) != 0) {
        perror(argv[2]);
        return 1;
    }
    return 0;
}
#endif

/* Runs the emulator of {{ project }} on vectors.txt and compares, integer by integer.
 *
 *     c++ -O2 -c {{ project }}_emulator.cpp && cc -c {{ project }}_emulator_test.c
 *     c++ {{ project }}_emulator.o {{ project }}_emulator_test.o -o test && ./test vectors.txt
 *
 * A line of vectors.txt is one sample: the raw integers of all inputs, then those of all outputs.
 */
#include "{{ project }}_emulator.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define INPUTS {{ macro }}_EMULATOR_INPUTS
#define OUTPUTS {{ macro }}_EMULATOR_OUTPUTS

int main(int argc, char **argv) {
    const char *path = argc > 1 ? argv[1] : "vectors.txt";
    FILE *file = fopen(path, "r");
    {{ project }}_emulator *emulator = {{ project }}_emulator_create();
    int64_t *numbers = malloc((INPUTS + 2 * OUTPUTS) * sizeof *numbers);
    long samples = 0, wrong = 0;
    if (!file) {
        perror(path);
        return 2;
    }
    if (!emulator || !numbers) {
        fputs("not enough memory\n", stderr);
        return 2;
    }
    for (;;) {
        int64_t *outputs = numbers + INPUTS + OUTPUTS;
        int count = 0, status, i;
        while (count < INPUTS + OUTPUTS && fscanf(file, "%" SCNd64, &numbers[count]) == 1) count++;
        if (count == 0) break;
        if (count < INPUTS + OUTPUTS) {
            fprintf(stderr, "%s: the last line is cut\n", path);
            return 2;
        }
        status = {{ project }}_emulator_predict_raw(emulator, numbers, outputs, 1);
        if (status != {{ macro }}_EMULATOR_OK) {
            fprintf(stderr, "sample %ld: status %d\n", samples, status);
            return 1;
        }
        for (i = 0; i < OUTPUTS; i++) {
            if (outputs[i] == numbers[INPUTS + i]) continue;
            fprintf(stderr, "sample %ld, output %d: %" PRId64 ", expected %" PRId64 "\n", samples, i, outputs[i],
                    numbers[INPUTS + i]);
            wrong++;
        }
        samples++;
    }
    fclose(file);
    free(numbers);
    {{ project }}_emulator_destroy(emulator);
    printf("{{ project }}: %ld samples, %ld outputs differ\n", samples, wrong);
    return wrong != 0 || samples == 0;
}

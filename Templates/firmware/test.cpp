// Test bench of {{ project }} for the vendor's C simulation and co-simulation.
//
// Reads tb_data/tb_input_features.dat (decimal numbers, the {{ input_elements }} of one sample after the other) and writes
// the outputs as raw integers, in units of the last place, one sample a line: exact, where decimal numbers would be cut.
// Without data one sample of zeros is run.
#include <stdio.h>

#include "{{ project }}_marshal.h"

#ifdef RTL_SIM
#define RESULTS "tb_data/rtl_cosim_results.log"
#else
#define RESULTS "tb_data/csim_results.log"
#endif

int main() {
    using namespace {{ project }}_marshal;
    FILE *data = fopen("tb_data/tb_input_features.dat", "r");
    FILE *results = fopen(RESULTS, "w");
    if (!data) printf("no tb_data/tb_input_features.dat: running one sample of zeros\n");
    if (!results) {
        printf("cannot write %s: results follow\n", RESULTS);
        results = stdout;
    }
    static double in[input_elements];
    static long long out[output_elements];
    int samples = 0;
    for (;;) {
        int count = 0;
        while (data && count < input_elements && fscanf(data, "%lf", &in[count]) == 1) count++;
        if (data ? count == 0 : samples == 1) break;
        if (data && count != input_elements) {
            printf("the last sample has %d of %d numbers\n", count, input_elements);
            return 1;
        }
        run_packed(in, out);
        for (int i = 0; i < output_elements; i++) {
            const char *end = i + 1 < output_elements ? " " : "\n";
            fprintf(results, "%lld%s", out[i], end);
            if (samples < 10 && results != stdout) printf("%lld%s", out[i], end);
        }
        samples++;
    }
    if (data) fclose(data);
    printf("%d samples\n", samples);
    if (results != stdout) fclose(results);
    return 0;
}

// Test bench of {{ project }} for the vendor's C simulation and co-simulation: runs the samples of tb_data and says pass
// or fail. It is run in a folder that holds tb_data:
//
//   tb_input_features.dat      decimal numbers, the {{ input_elements }} of one sample after the other
//   tb_output_integers.dat     what must come out, one sample a line, as integers in units of the last place: exact,
//                              where decimal numbers would be cut; the word none: there is no verdict
//   tb_output_predictions.dat  what the user expects, as decimal numbers: how far that is away is told and not judged;
//                              may be missing
//   csim_results.log           written: what came out, as integers; in a co-simulation rtl_cosim_results.log
//
// The argument is the number of samples to run, or all. The exit status is 0 if every output of every sample is what it
// must be, or if no verdict is asked for.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "{{ project }}_marshal.h"

#ifdef RTL_SIM
#define RESULTS "tb_data/rtl_cosim_results.log"
#else
#define RESULTS "tb_data/csim_results.log"
#endif

int main(int argc, char **argv) {
    using namespace {{ project }}_marshal;
    // How many elements an output has, and how many of their bits stand behind the point.
    static const struct {
        const char *name;
        int count;
        int fraction;
    } outputs[] = {
{% for port in outputs %}
        {"{{ port.name }}", {{ port.count }}, {{ port.fraction }}},
{% endfor %}
    };
    const bool is_limited = argc > 1 && strcmp(argv[1], "all") != 0;
    const int limit = is_limited ? atoi(argv[1]) : 0;
    if (is_limited && limit < 1) {
        printf("'%s' is no number of samples: write one, or all\n", argv[1]);
        return 2;
    }

    FILE *data = fopen("tb_data/tb_input_features.dat", "r");
    FILE *integers = fopen("tb_data/tb_output_integers.dat", "r");
    FILE *predictions = fopen("tb_data/tb_output_predictions.dat", "r");
    FILE *results = fopen(RESULTS, "w");
    if (!data) printf("no tb_data/tb_input_features.dat: running one sample of zeros\n");
    if (!results) {
        printf("cannot write %s: results follow\n", RESULTS);
        results = stdout;
    }
    char word[8] = "";
    const bool is_judged = !integers || fscanf(integers, " %7[a-z]", word) != 1 || strcmp(word, "none") != 0;

    static double in[input_elements];
    static long long out[output_elements];
    const int most_shown = 10;
    long long differences = 0, missing = 0;
    double farthest = 0;
    bool is_compared = false;
    int samples = 0;
    while (!is_limited || samples < limit) {
        int count = 0;
        while (data && count < input_elements && fscanf(data, "%lf", &in[count]) == 1) count++;
        if (data ? count == 0 : samples == 1) break;
        if (data && count != input_elements) {
            printf("FAIL: the last sample has %d of %d numbers\n", count, input_elements);
            return 1;
        }
        run_packed(in, out);
        for (int i = 0; i < output_elements; i++) {
            const char *end = i + 1 < output_elements ? " " : "\n";
            fprintf(results, "%lld%s", out[i], end);
            if (samples < most_shown && results != stdout) printf("%lld%s", out[i], end);
        }
        for (int port = 0, i = 0; port < (int)(sizeof outputs / sizeof outputs[0]); port++) {
            for (int element = 0; element < outputs[port].count; element++, i++) {
                double expected;
                if (predictions && fscanf(predictions, "%lf", &expected) == 1) {
                    const double distance = fabs(ldexp((double)out[i], -outputs[port].fraction) - expected);
                    // What is no number is as far away as can be.
                    if (!(distance <= farthest)) farthest = distance;
                    is_compared = true;
                }
                if (!is_judged) continue;
                long long wanted;
                if (!integers || fscanf(integers, "%lld", &wanted) != 1) {
                    missing++;
                } else if (out[i] != wanted && differences++ < most_shown) {
                    printf("sample %d: %s[%d] is %lld, not %lld\n", samples, outputs[port].name, element, out[i], wanted);
                }
            }
        }
        samples++;
    }
    long long more;
    const bool is_longer = is_judged && !is_limited && integers && fscanf(integers, "%lld", &more) == 1;
    if (data) fclose(data);
    if (integers) fclose(integers);
    if (predictions) fclose(predictions);
    if (results != stdout) fclose(results);

    printf("%d samples\n", samples);
    if (is_compared) printf("largest difference from tb_data/tb_output_predictions.dat: %g\n", farthest);
    const long long all = (long long)samples * output_elements;
    if (!is_judged) {
        printf("NO VERDICT: tb_data/tb_output_integers.dat says none\n");
        return 0;
    }
    if (!integers)
        printf("FAIL: no tb_data/tb_output_integers.dat to judge by; write the word none into it for no verdict\n");
    else if (differences > 0)
        printf("FAIL: %lld of %lld integers are not what they must be\n", differences, all);
    else if (missing > 0)
        printf("FAIL: tb_data/tb_output_integers.dat lacks %lld of %lld integers\n", missing, all);
    else if (is_longer)
        printf("FAIL: tb_data/tb_output_integers.dat has more samples than tb_data/tb_input_features.dat\n");
    else if (samples == 0)
        printf("FAIL: there is no sample\n");
    else {
        printf("PASS: all %lld integers of %d samples are what they must be\n", all, samples);
        return 0;
    }
    return 1;
}

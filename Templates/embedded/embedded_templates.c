#include "embedded_templates.h"

#if !__has_include("files.S")
#error "the list of templates is missing: run 'make templates' first (make build and make test do)"
#endif

// One entry of the table in files.S.
struct entry {
    const char *path;
    const char *start;
    const char *end;
};

extern const struct entry hlsbuild_templates[];
extern const struct entry hlsbuild_templates_end[];

long hlsbuild_template_count(void) { return hlsbuild_templates_end - hlsbuild_templates; }

const char *hlsbuild_template_path(long index) { return hlsbuild_templates[index].path; }

const void *hlsbuild_template_start(long index) { return hlsbuild_templates[index].start; }

long hlsbuild_template_size(long index) { return hlsbuild_templates[index].end - hlsbuild_templates[index].start; }

// The files of Templates/ as bytes of the executable, in alphabetical order of their paths.
#pragma once
#include <stddef.h>

long hlsbuild_template_count(void);
const char *hlsbuild_template_path(long index);
const void *hlsbuild_template_start(long index);
long hlsbuild_template_size(long index);

#ifndef SMALL_THREADS_H
#define SMALL_THREADS_H

#include <stddef.h>

/// Threads that are started from now on set little address space aside: so many bytes for a stack, and none for a heap
/// of their own.
void make_threads_small(size_t stack);

#endif

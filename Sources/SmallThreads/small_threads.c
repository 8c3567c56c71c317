#define _GNU_SOURCE
#include "small_threads.h"

#include <malloc.h>
#include <pthread.h>

void make_threads_small(size_t stack)
{
    mallopt(M_ARENA_MAX, 1);
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0) return;
    if (pthread_attr_setstacksize(&attributes, stack) == 0) pthread_setattr_default_np(&attributes);
    pthread_attr_destroy(&attributes);
}

#ifndef WATCHDOG_H
#define WATCHDOG_H

#include <stdint.h>
#include <sys/types.h>

/*
 * Ends process groups when the process that started them is gone.
 *
 * Nothing can be done by a process that is killed at once, and its children live on: a synthesis without a master, with a
 * licence in its hand. The watchdog is a child that does nothing but wait for its parent's end, which it learns from
 * a connection that only the parent holds. It is forked and not a program of its own: it must be there
 * whatever is installed, and start in less than a millisecond. After the fork it calls nothing but what is safe then.
 */

/// Starts a watchdog. Gives its process and sets `input` to the end of the connection that the parent keeps; -1 where
/// that failed.
/// When nobody holds that end any more, the watchdog ends the groups it was told of, and then itself.
pid_t watchdog_start(int *input);

/// Tells a watchdog that a process group has been started.
void watchdog_add(int input, pid_t group);

/// Tells a watchdog that a process group has ended.
void watchdog_remove(int input, pid_t group);

#endif

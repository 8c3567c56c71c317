#ifndef FILE_SYSTEM_H
#define FILE_SYSTEM_H

#include <stdint.h>

/*
 * Two questions to the kernel that Swift's own module of the C library leaves out.
 */

/// Starts writing what is changed of an open file, and waits for it: from then on its pages are clean, and the next write
/// through a memory map is a fault that sets the file's times. Neither the file's journal nor the disk's cache is
/// waited for, so that it costs next to nothing where nothing was changed, unlike fdatasync. 0, or -1 where the file
/// system cannot.
int file_system_write_back(int file);

/// Which kind of file system an open file lies on, a number of <linux/magic.h>; -1 where that cannot be told.
int64_t file_system_kind(int file);

#endif

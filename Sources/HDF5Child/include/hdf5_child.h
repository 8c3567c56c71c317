#ifndef HDF5_CHILD_H
#define HDF5_CHILD_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Reads a HDF5 file that lies in memory, in a child process of its own.
 *
 * The HDF5 library trusts the files it reads: a damaged one makes it dereference wild pointers or allocate without
 * bound. In a child that costs nothing but the child, whose memory and time are limited too. Only this library is used
 * after the fork, and never in the parent, so that no lock of the parent can stand in its way.
 *
 * The child writes what it finds to a pipe as records of the machine's own byte order. TEXT is a uint32_t of bytes and
 * the bytes. KIND is a byte that says in which type the numbers follow: 'f' float, 'd' double, 'i' int64_t.
 *
 *   'G' TEXT name                           a group begins; the root has the name ""
 *   'A' TEXT name, uint32_t n, n TEXTs      an attribute of the group: text
 *   'B' TEXT name, TEXT reason              an attribute that is not text, or cannot be read
 *   'D' TEXT name, KIND, uint32_t rank, rank uint64_t sizes, uint64_t n, n numbers      a dataset of numbers
 *   'X' TEXT name, TEXT reason              a child that is neither a group nor a readable dataset
 *   'E'                                     the group ends
 *   'F' TEXT reason                         the file cannot be read
 *   'Z'                                     the end: everything was written
 */

/// What the child may use and what it need not read.
struct hdf5_child_limits {
    /// Bytes of memory beyond what the process has when it starts.
    uint64_t memory;
    /// The most bytes of all datasets and attributes.
    uint64_t content;
    /// Seconds of processor time.
    uint32_t seconds;
    /// A child of the root to leave out, or NULL.
    const char *skip;
};

/// Starts the child. Gives its process and sets `output` to the end of the pipe to read from; -1 where that failed.
pid_t hdf5_child_start(const void *bytes, size_t count, struct hdf5_child_limits limits, int *output);

#endif

#define _GNU_SOURCE
#include "file_system.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/vfs.h>

int file_system_write_back(int file) {
    const unsigned all = SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER;
    int result;
    do {
        result = sync_file_range(file, 0, 0, all);
    } while (result != 0 && errno == EINTR);
    return result;
}

int64_t file_system_kind(int file) {
    struct statfs status;
    int result;
    do {
        result = fstatfs(file, &status);
    } while (result != 0 && errno == EINTR);
    // The field is signed on some machines, and a number of 32 bits on all of them.
    return result == 0 ? (int64_t)(uint32_t)status.f_type : -1;
}

#define _GNU_SOURCE
#include "hdf5_child.h"

#include <fcntl.h>
#include <hdf5.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { DEPTH_LIMIT = 32, NAME_LIMIT = 1024, OBJECT_LIMIT = 100000, RANK_LIMIT = 32, SEEN_PLACES = 1 << 18 };

struct reader {
    int output;
    /* The file. */
    const char *image;
    size_t size;
    /* Bytes that may still be handed over. */
    uint64_t left;
    const char *skip;
    unsigned objects;
    /* Where the objects lie that were read, as a hash table. None lies at 0, where the file begins. */
    haddr_t seen[SEEN_PLACES];
    size_t used;
    char buffer[1 << 16];
};

/* ---- writing ---- */

static void flush(struct reader *reader)
{
    size_t done = 0;
    while (done < reader->used) {
        ssize_t count = write(reader->output, reader->buffer + done, reader->used - done);
        if (count <= 0) _exit(1);
        done += (size_t)count;
    }
    reader->used = 0;
}

static void put(struct reader *reader, const void *bytes, size_t count)
{
    const char *from = bytes;
    while (count > 0) {
        size_t room = sizeof reader->buffer - reader->used;
        size_t part = count < room ? count : room;
        memcpy(reader->buffer + reader->used, from, part);
        reader->used += part;
        from += part;
        count -= part;
        if (reader->used == sizeof reader->buffer) flush(reader);
    }
}

static void put_tag(struct reader *reader, char tag) { put(reader, &tag, 1); }
static void put_u32(struct reader *reader, uint32_t value) { put(reader, &value, sizeof value); }
static void put_u64(struct reader *reader, uint64_t value) { put(reader, &value, sizeof value); }

static void put_bytes(struct reader *reader, const char *text, size_t count)
{
    put_u32(reader, (uint32_t)count);
    put(reader, text, count);
}

static void put_text(struct reader *reader, const char *text) { put_bytes(reader, text, strlen(text)); }

static void put_named(struct reader *reader, char tag, const char *name)
{
    put_tag(reader, tag);
    put_text(reader, name);
}

/* ---- reasons ---- */

static herr_t keep_innermost(unsigned depth, const H5E_error2_t *entry, void *client)
{
    if (depth == 0 && entry->desc) snprintf(client, 256, " (HDF5: %s)", entry->desc);
    return 0;
}

/* The text and what the library says about its last failure. */
static void put_reason(struct reader *reader, const char *text)
{
    char cause[256] = "", whole[512];
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_innermost, cause);
    snprintf(whole, sizeof whole, "%s%s", text, cause);
    put_text(reader, whole);
}

static void refuse(struct reader *reader, char tag, const char *name, const char *text, bool library)
{
    put_named(reader, tag, name);
    if (library) put_reason(reader, text);
    else put_text(reader, text);
}

/* ---- attributes ---- */

static bool put_variable_strings(struct reader *reader, const char *name, hid_t attribute, hid_t type, size_t count)
{
    hid_t memory = H5Tcopy(H5T_C_S1);
    H5Tset_size(memory, H5T_VARIABLE);
    H5Tset_cset(memory, H5Tget_cset(type));
    char **texts = calloc(count, sizeof *texts);
    if (!texts || H5Aread(attribute, memory, texts) < 0) return false;
    /* Many may be one and the same in the file. */
    for (size_t i = 0; i < count; i++) {
        size_t length = texts[i] ? strlen(texts[i]) : 0;
        if (length > reader->left) return false;
        reader->left -= length;
    }
    put_named(reader, 'A', name);
    put_u32(reader, (uint32_t)count);
    for (size_t i = 0; i < count; i++) put_text(reader, texts[i] ? texts[i] : "");
    free(texts);
    return true;
}

static bool put_fixed_strings(struct reader *reader, const char *name, hid_t attribute, hid_t type, size_t count)
{
    size_t size = H5Tget_size(type);
    if (size == 0 || size > reader->left / count) return false;
    reader->left -= count * size;
    char *texts = calloc(count, size);
    if (!texts || H5Aread(attribute, type, texts) < 0) return false;
    bool spaces = H5Tget_strpad(type) == H5T_STR_SPACEPAD;
    put_named(reader, 'A', name);
    put_u32(reader, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        size_t length = strnlen(texts + i * size, size);
        while (spaces && length > 0 && texts[i * size + length - 1] == ' ') length--;
        put_bytes(reader, texts + i * size, length);
    }
    free(texts);
    return true;
}

static void put_attribute(struct reader *reader, hid_t group, const char *name)
{
    hid_t attribute = H5Aopen(group, name, H5P_DEFAULT);
    hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
    hssize_t count = H5Sget_simple_extent_npoints(space);
    if (attribute < 0 || type < 0 || count < 0) {
        refuse(reader, 'B', name, "cannot be read", true);
    } else if (count == 0) {
        /* Python writes an empty list as numbers. */
        put_named(reader, 'A', name);
        put_u32(reader, 0);
    } else if (H5Tget_class(type) != H5T_STRING) {
        refuse(reader, 'B', name, "is not text", false);
    } else if ((uint64_t)count > reader->left / sizeof(char *)) {
        refuse(reader, 'B', name, "is larger than the file can hold", false);
    } else if (!(H5Tis_variable_str(type) > 0 ? put_variable_strings : put_fixed_strings)(
                   reader, name, attribute, type, (size_t)count)) {
        refuse(reader, 'B', name, "cannot be read", true);
    }
    H5Sclose(space);
    H5Tclose(type);
    H5Aclose(attribute);
}

/* ---- datasets ---- */

/* How numbers of a type are handed over: the narrowest type that holds them all. */
struct form {
    uint8_t kind;
    size_t size;
    hid_t type;
};

static struct form form_of(hid_t type)
{
    size_t element = H5Tget_size(type);
    if (H5Tget_class(type) == H5T_ENUM) return (struct form){'i', sizeof(int64_t), H5T_NATIVE_INT64};
    if (H5Tget_class(type) == H5T_INTEGER) {
        bool is_unsigned = H5Tget_sign(type) == H5T_SGN_NONE;
        return (struct form){'i', sizeof(int64_t), is_unsigned ? H5T_NATIVE_UINT64 : H5T_NATIVE_INT64};
    }
    if (element <= sizeof(float)) return (struct form){'f', sizeof(float), H5T_NATIVE_FLOAT};
    return (struct form){'d', sizeof(double), H5T_NATIVE_DOUBLE};
}

/* The product of the sizes; 0 where it takes more memory than is allowed, for elements of the given size. */
static uint64_t product(const struct reader *reader, const hsize_t *sizes, int rank, size_t element)
{
    uint64_t limit = reader->left / element, count = 1;
    for (int i = 0; i < rank; i++) {
        if (sizes[i] == 0 || count > limit / sizes[i]) return 0;
        count *= sizes[i];
    }
    return count;
}

/* Whether the numbers lie in this file, in chunks of which one fits in memory. */
static bool layout_is_plain(const struct reader *reader, hid_t dataset, size_t element)
{
    hid_t list = H5Dget_create_plist(dataset);
    hsize_t chunk[RANK_LIMIT];
    bool plain = list >= 0 && H5Pget_external_count(list) == 0;
    switch (H5Pget_layout(list)) {
    case H5D_COMPACT:
    case H5D_CONTIGUOUS: break;
    case H5D_CHUNKED: {
        int rank = H5Pget_chunk(list, RANK_LIMIT, chunk);
        plain = plain && rank > 0 && rank <= RANK_LIMIT && product(reader, chunk, rank, element) > 0;
        break;
    }
    default: plain = false;
    }
    H5Pclose(list);
    return plain;
}

/* Keras stores bfloat16, which HDF5 has no type for, as opaque pairs of bytes and says so in an attribute. */
static bool is_bfloat16(hid_t dataset, hid_t type)
{
    static const char word[] = "bfloat16";
    if (H5Tget_class(type) != H5T_OPAQUE || H5Tget_size(type) != 2) return false;
    if (H5Aexists(dataset, "dtype") <= 0) return false;
    hid_t attribute = H5Aopen(dataset, "dtype", H5P_DEFAULT), text = H5Aget_type(attribute);
    hid_t space = H5Aget_space(attribute);
    bool same = false;
    if (attribute >= 0 && H5Tget_class(text) == H5T_STRING && H5Sget_simple_extent_npoints(space) == 1) {
        if (H5Tis_variable_str(text) > 0) {
            char *value = NULL;
            hid_t memory = H5Tcopy(H5T_C_S1);
            H5Tset_size(memory, H5T_VARIABLE);
            H5Tset_cset(memory, H5Tget_cset(text));
            same = H5Aread(attribute, memory, &value) >= 0 && value && strcmp(value, word) == 0;
        } else {
            char value[64] = "";
            same = H5Tget_size(text) < sizeof value && H5Aread(attribute, text, value) >= 0 && strcmp(value, word) == 0;
        }
    }
    H5Sclose(space);
    H5Tclose(text);
    H5Aclose(attribute);
    return same;
}

/* The upper halves of floats as floats, from the last to the first, in the memory that they fill half of. */
static void widen(void *values, uint64_t count)
{
    char *bytes = values;
    for (uint64_t i = count; i-- > 0;) {
        uint16_t half;
        memcpy(&half, bytes + i * sizeof half, sizeof half);
        uint32_t whole = (uint32_t)half << 16;
        memcpy(bytes + i * sizeof whole, &whole, sizeof whole);
    }
}

/* Where the numbers lie in the file as they are handed over, one behind the other; null where they must be read. */
static const char *stored(const struct reader *reader, hid_t dataset, hid_t type, struct form form, uint64_t count)
{
    hid_t list = H5Dget_create_plist(dataset);
    bool contiguous = H5Pget_layout(list) == H5D_CONTIGUOUS;
    H5Pclose(list);
    if (!contiguous || count == 0 || H5Tequal(type, form.type) <= 0) return NULL;
    haddr_t place = H5Dget_offset(dataset);
    if (place == HADDR_UNDEF || place > reader->size || count > (reader->size - place) / form.size) return NULL;
    return reader->image + place;
}

/* Whether it is a type of false and true, which h5py makes of Python's: an enumeration of two bytes. */
static bool is_boolean(hid_t type)
{
    return H5Tget_class(type) == H5T_ENUM && H5Tget_size(type) == 1 && H5Tget_nmembers(type) == 2;
}

/* Writes the dataset, or gives the reason why not. */
static const char *put_numbers(struct reader *reader, const char *name, hid_t dataset, hid_t type, hid_t space)
{
    H5T_class_t kind = H5Tget_class(type);
    size_t element = H5Tget_size(type);
    bool brain = is_bfloat16(dataset, type);
    if (!brain && !is_boolean(type)
        && ((kind != H5T_FLOAT && kind != H5T_INTEGER) || element == 0 || element > (kind == H5T_INTEGER ? 8 : 16)))
        return "does not hold plain integers or floating-point numbers";
    struct form form = brain ? (struct form){'f', sizeof(float), type} : form_of(type);
    size_t widest = element > form.size ? element : form.size;
    hsize_t sizes[RANK_LIMIT] = {0};
    hssize_t points = H5Sget_simple_extent_npoints(space);
    int rank = H5Sget_simple_extent_ndims(space);
    if (rank < 0 || rank > RANK_LIMIT || points < 0 || H5Sget_simple_extent_dims(space, sizes, NULL) != rank)
        return "has no readable shape";
    uint64_t count = points == 0 ? 0 : product(reader, sizes, rank, widest);
    if (count != (uint64_t)points || !layout_is_plain(reader, dataset, widest))
        return "claims to be larger than the file can hold, or is stored outside the file";
    reader->left -= count * widest;
    void *values = NULL;
    /* Weights are most of a file: they are handed over from where they lie. */
    const char *place = brain ? NULL : stored(reader, dataset, type, form, count);
    if (!place) {
        values = calloc(count ? count : 1, form.size);
        if (!values || (count && H5Dread(dataset, form.type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0))
            return "cannot be read";
        if (brain) widen(values, count);
        place = values;
    }
    /* Only unsigned numbers are read as such; a signed one here is what would not fit. */
    for (uint64_t i = 0; form.type == H5T_NATIVE_UINT64 && i < count; i++) {
        int64_t value;
        memcpy(&value, place + i * sizeof value, sizeof value);
        if (value < 0) return "has integers beyond 2^63 - 1";
    }
    put_named(reader, 'D', name);
    put_tag(reader, form.kind);
    put_u32(reader, (uint32_t)rank);
    for (int i = 0; i < rank; i++) put_u64(reader, sizes[i]);
    put_u64(reader, count);
    put(reader, place, count * form.size);
    free(values);
    return NULL;
}

static void put_dataset(struct reader *reader, hid_t group, const char *name)
{
    hid_t dataset = H5Dopen2(group, name, H5P_DEFAULT);
    if (dataset < 0) {
        refuse(reader, 'X', name, "cannot be opened", true);
        return;
    }
    hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset);
    const char *reason = put_numbers(reader, name, dataset, type, space);
    if (reason) refuse(reader, 'X', name, reason, strcmp(reason, "cannot be read") == 0);
    H5Sclose(space);
    H5Tclose(type);
    H5Dclose(dataset);
}

/* ---- groups ---- */

static void put_group(struct reader *reader, hid_t group, const char *name, int depth);

/* Links by the place of what they lead to. */
#if H5_VERSION_GE(1, 12, 0)
typedef H5L_info1_t link_info;
#define GET_LINK_INFO H5Lget_info1
#else
typedef H5L_info_t link_info;
#define GET_LINK_INFO H5Lget_info
#endif

/* Whether the object was met before; it is noted. A small file can name one object a great many times. */
static bool was_seen(struct reader *reader, haddr_t place)
{
    size_t at = (size_t)(place * 0x9E3779B97F4A7C15u >> 32) % SEEN_PLACES;
    while (reader->seen[at] != 0 && reader->seen[at] != place) at = (at + 1) % SEEN_PLACES;
    if (reader->seen[at] == place) return true;
    reader->seen[at] = place;
    return false;
}

static void put_child(struct reader *reader, hid_t group, const char *name, int depth)
{
    link_info link;
    if (GET_LINK_INFO(group, name, &link, H5P_DEFAULT) < 0) {
        refuse(reader, 'X', name, "cannot be opened", true);
        return;
    }
    /* A soft or external link could lead out of the bytes that were handed over. */
    if (link.type != H5L_TYPE_HARD) {
        refuse(reader, 'X', name, "is a link to another place", false);
        return;
    }
    if (was_seen(reader, link.u.address)) {
        refuse(reader, 'X', name, "is a second name of what stands elsewhere in the file", false);
        return;
    }
    hid_t object = H5Oopen(group, name, H5P_DEFAULT);
    switch (H5Iget_type(object)) {
    case H5I_GROUP: put_group(reader, object, name, depth + 1); break;
    case H5I_DATASET: put_dataset(reader, group, name); break;
    default: refuse(reader, 'X', name, "is neither a group nor a dataset", true);
    }
    H5Oclose(object);
}

static void put_group(struct reader *reader, hid_t group, const char *name, int depth)
{
    char child[NAME_LIMIT];
    put_named(reader, 'G', name);
    for (hsize_t i = 0; reader->objects < OBJECT_LIMIT; i++, reader->objects++) {
        ssize_t length =
            H5Aget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, i, child, sizeof child, H5P_DEFAULT);
        if (length < 0 || length >= NAME_LIMIT) break;
        put_attribute(reader, group, child);
    }
    H5G_info_t info;
    hsize_t count = depth < DEPTH_LIMIT && H5Gget_info(group, &info) >= 0 ? info.nlinks : 0;
    for (hsize_t i = 0; i < count && reader->objects < OBJECT_LIMIT; i++, reader->objects++) {
        ssize_t length =
            H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, i, child, sizeof child, H5P_DEFAULT);
        if (length < 0 || length >= NAME_LIMIT) break;
        if (depth == 0 && reader->skip && strcmp(child, reader->skip) == 0) continue;
        put_child(reader, group, child, depth);
    }
    put_tag(reader, 'E');
}

/* ---- the file as the library sees it ---- */

/* The library's memory for the file is the file: nothing is written to it, and it outlives whatever is opened. */
static struct reader *shown;

static void *image_memory(size_t size, H5FD_file_image_op_t operation, void *data)
{
    (void)operation, (void)data;
    return size == shown->size ? (void *)shown->image : NULL;
}

static void *image_copy(void *to, const void *from, size_t size, H5FD_file_image_op_t operation, void *data)
{
    (void)from, (void)size, (void)operation, (void)data;
    return to;
}

static void *image_resized(void *image, size_t size, H5FD_file_image_op_t operation, void *data)
{
    (void)image, (void)size, (void)operation, (void)data;
    return NULL;
}

static herr_t image_freed(void *image, H5FD_file_image_op_t operation, void *data)
{
    (void)image, (void)operation, (void)data;
    return 0;
}

static void put_file(struct reader *reader)
{
    /* Nothing is printed, and no filter is loaded from outside the program. */
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    H5PLset_loading_state(0);
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    H5Pset_fapl_core(access, 1 << 16, false);
    H5FD_file_image_callbacks_t callbacks = {image_memory, image_copy, image_resized, image_freed, NULL, NULL, NULL};
    shown = reader;
    H5Pset_file_image_callbacks(access, &callbacks);
    H5Pset_file_image(access, (void *)reader->image, reader->size);
    /* The library refuses an image under the name of a file that is there, so this one never is. */
    hid_t file = H5Fopen("/dev/null/image", H5F_ACC_RDONLY, access);
    hid_t root = file < 0 ? -1 : H5Gopen2(file, "/", H5P_DEFAULT);
    if (root < 0) {
        put_tag(reader, 'F');
        put_reason(reader, "not a readable HDF5 file");
    } else {
        put_group(reader, root, "", 0);
    }
    put_tag(reader, 'Z');
    flush(reader);
}

/* ---- the process ---- */

/* Bytes of address space in use. */
static uint64_t address_space(void)
{
    char text[64] = "";
    int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    ssize_t count = read(file, text, sizeof text - 1);
    close(file);
    return count > 0 ? strtoull(text, NULL, 10) * (uint64_t)sysconf(_SC_PAGESIZE) : 0;
}

/* Never above what the process has been given itself. */
static void limit(int what, uint64_t value)
{
    struct rlimit bounds;
    if (getrlimit(what, &bounds) < 0) return;
    if (value < bounds.rlim_cur) bounds.rlim_cur = value;
    if (value < bounds.rlim_max) bounds.rlim_max = value;
    setrlimit(what, &bounds);
}

static void run_child(const void *bytes, size_t count, struct hdf5_child_limits limits, int output)
{
    /* A crash here is an answer, not an event: whatever the parent does about signals is undone. */
    const int deadly[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGPIPE, SIGXCPU};
    sigset_t none;
    sigemptyset(&none);
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) signal(deadly[i], SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    uint64_t used = address_space();
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, limits.seconds);
    if (used > 0) limit(RLIMIT_AS, used + limits.memory);

    static struct reader reader;
    reader.output = output;
    reader.left = limits.content;
    reader.skip = limits.skip;
    reader.image = bytes;
    reader.size = count;
    put_file(&reader);
}

pid_t hdf5_child_start(const void *bytes, size_t count, struct hdf5_child_limits limits, int *output)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) return -1;
    pid_t child = fork();
    if (child == 0) {
        run_child(bytes, count, limits, ends[1]);
        _exit(0);
    }
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return -1;
    }
    *output = ends[0];
    return child;
}

// Stands before the C library's file functions (LD_PRELOAD) in the program under test and makes some of them
// fail, or read and write less than asked. Only files below one folder are concerned, so that libraries load.
// RILLWRIGHT_FAIL_FOLDER, _SEED, _PER_MILLE and _LOG (a file outside that folder: a line for each failed call).
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { kDescriptors = 4096 };

static char s_folder[PATH_MAX];
static size_t s_length;
static uint64_t s_seed;
static unsigned s_perMille;
static int s_log = -1;
static atomic_uint_fast64_t s_calls;
// Whether a descriptor is of a file in the folder: 0 not asked yet, 1 no, 2 yes.
static atomic_char s_known[kDescriptors];

// The log is opened by a system call, for open() below is ours.
__attribute__((constructor)) static void begin(void) {
    const char* folder = getenv("RILLWRIGHT_FAIL_FOLDER");
    const char* seed = getenv("RILLWRIGHT_FAIL_SEED");
    const char* perMille = getenv("RILLWRIGHT_FAIL_PER_MILLE");
    const char* log = getenv("RILLWRIGHT_FAIL_LOG");
    if (!folder || !seed || !perMille || !log || !realpath(folder, s_folder)) return;
    s_length = strlen(s_folder);
    s_seed = strtoull(seed, NULL, 10);
    s_perMille = (unsigned)strtoul(perMille, NULL, 10);
    s_log = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

static int isBelow(const char* path) {
    return s_length > 0 && strncmp(path, s_folder, s_length) == 0 && path[s_length] == '/';
}

static int linkIsBelow(int descriptor) {
    char name[64], target[PATH_MAX];
    snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
    const ssize_t length = readlink(name, target, sizeof target - 1);
    if (length <= 0) return 0;
    target[length] = '\0';
    return isBelow(target) || (s_length > 0 && strcmp(target, s_folder) == 0);
}

static int concernsDescriptor(int descriptor) {
    const int before = errno;
    int concerned = 0;
    if (descriptor >= 0 && descriptor < kDescriptors && descriptor != s_log) {
        char known = atomic_load(&s_known[descriptor]);
        if (known == 0) {
            known = linkIsBelow(descriptor) ? 2 : 1;
            atomic_store(&s_known[descriptor], known);
        }
        concerned = known == 2;
    }
    errno = before;
    return concerned;
}

// A relative path is one from the working folder, or from `folder`.
static int concernsPath(int folder, const char* path) {
    if (s_length == 0 || !path) return 0;
    if (path[0] == '/') return isBelow(path);
    if (folder != AT_FDCWD) return concernsDescriptor(folder);
    char here[PATH_MAX];
    const int before = errno;
    const size_t length = getcwd(here, sizeof here) ? strlen(here) : 0;
    errno = before;
    return length > 0 && (strcmp(here, s_folder) == 0 || isBelow(here));
}

// splitMix64 of the seed and the number of the call.
static uint64_t chance(void) {
    uint64_t z = s_seed + (atomic_fetch_add(&s_calls, 1) + 1) * 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

static void tell(const char* kind, const char* how) {
    char line[64];
    const int length = snprintf(line, sizeof line, "%s %s\n", kind, how);
    if (s_log >= 0) syscall(SYS_write, s_log, line, (size_t)length);
}

// Whether this call fails; errno says how. `mayInterrupt`: EINTR is among the errors.
// A run renames only a file or two: each is ten times as likely to fail.
static int fails(const char* kind, int writes, int mayInterrupt) {
    const uint64_t drawn = chance();
    if (drawn % 1000 >= (strcmp(kind, "rename") == 0 ? s_perMille * 10 : s_perMille)) return 0;
    const unsigned which = (unsigned)(drawn >> 32) % 3;
    int error = EIO;
    if (which == 1 && writes) error = ENOSPC;
    if (which == 2 && mayInterrupt) error = EINTR;
    tell(kind, error == EIO ? "EIO" : error == ENOSPC ? "ENOSPC" : "EINTR");
    errno = error;
    return 1;
}

// As many bytes as this call moves; fewer where it is cut short.
static size_t shortened(const char* kind, size_t bytes) {
    const uint64_t drawn = chance();
    if (bytes < 2 || drawn % 1000 >= s_perMille) return bytes;
    tell(kind, "short");
    return 1 + (size_t)(drawn >> 32) % (bytes - 1);
}

#define NEXT(name, ...)                                                     \
    static int (*next)(__VA_ARGS__);                                        \
    if (!next) *(void**)&next = dlsym(RTLD_NEXT, name)
#define NEXT_MOVED(name, ...)                                               \
    static ssize_t (*next)(__VA_ARGS__);                                    \
    if (!next) *(void**)&next = dlsym(RTLD_NEXT, name)

// A new descriptor may have the number of one that was closed.
static int opened(int descriptor) {
    if (descriptor >= 0 && descriptor < kDescriptors) atomic_store(&s_known[descriptor], 0);
    return descriptor;
}

static mode_t modeOf(int flags, va_list rest) {
    return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE ? (mode_t)va_arg(rest, unsigned) : 0;
}

#define OPEN(name)                                                          \
    int name(const char* path, int flags, ...) {                            \
        NEXT(#name, const char*, int, ...);                                 \
        va_list rest;                                                       \
        va_start(rest, flags);                                              \
        const mode_t mode = modeOf(flags, rest);                            \
        va_end(rest);                                                       \
        if (concernsPath(AT_FDCWD, path) && fails("open", (flags & O_CREAT) != 0, 1)) return -1; \
        return opened(next(path, flags, mode));                             \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                        \
    int name(int folder, const char* path, int flags, ...) {                \
        NEXT(#name, int, const char*, int, ...);                            \
        va_list rest;                                                       \
        va_start(rest, flags);                                              \
        const mode_t mode = modeOf(flags, rest);                            \
        va_end(rest);                                                       \
        if (concernsPath(folder, path) && fails("open", (flags & O_CREAT) != 0, 1)) return -1; \
        return opened(next(folder, path, flags, mode));                     \
    }
OPENAT(openat)
OPENAT(openat64)

ssize_t read(int descriptor, void* into, size_t bytes) {
    NEXT_MOVED("read", int, void*, size_t);
    if (concernsDescriptor(descriptor)) {
        if (fails("read", 0, 1)) return -1;
        bytes = shortened("read", bytes);
    }
    return next(descriptor, into, bytes);
}

#define PREAD(name, offset_type)                                            \
    ssize_t name(int descriptor, void* into, size_t bytes, offset_type offset) { \
        NEXT_MOVED(#name, int, void*, size_t, offset_type);                 \
        if (concernsDescriptor(descriptor)) {                               \
            if (fails("read", 0, 1)) return -1;                             \
            bytes = shortened("read", bytes);                               \
        }                                                                   \
        return next(descriptor, into, bytes, offset);                       \
    }
PREAD(pread, off_t)
PREAD(pread64, off64_t)

ssize_t write(int descriptor, const void* from, size_t bytes) {
    NEXT_MOVED("write", int, const void*, size_t);
    if (concernsDescriptor(descriptor)) {
        if (fails("write", 1, 1)) return -1;
        bytes = shortened("write", bytes);
    }
    return next(descriptor, from, bytes);
}

#define PWRITE(name, offset_type)                                           \
    ssize_t name(int descriptor, const void* from, size_t bytes, offset_type offset) { \
        NEXT_MOVED(#name, int, const void*, size_t, offset_type);           \
        if (concernsDescriptor(descriptor)) {                               \
            if (fails("write", 1, 1)) return -1;                            \
            bytes = shortened("write", bytes);                              \
        }                                                                   \
        return next(descriptor, from, bytes, offset);                       \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t writev(int descriptor, const struct iovec* pieces, int count) {
    NEXT_MOVED("writev", int, const struct iovec*, int);
    if (concernsDescriptor(descriptor)) {
        if (fails("write", 1, 1)) return -1;
        if (count > 1) count = (int)shortened("write", (size_t)count);
    }
    return next(descriptor, pieces, count);
}

#define ON_DESCRIPTOR(name, kind, writes, interrupts)                       \
    int name(int descriptor) {                                              \
        NEXT(#name, int);                                                   \
        if (concernsDescriptor(descriptor) && fails(kind, writes, interrupts)) return -1; \
        return next(descriptor);                                            \
    }
ON_DESCRIPTOR(fsync, "sync", 1, 1)
ON_DESCRIPTOR(fdatasync, "sync", 1, 1)

int close(int descriptor) {
    NEXT("close", int);
    if (descriptor >= 0 && descriptor < kDescriptors) atomic_store(&s_known[descriptor], 0);
    return next(descriptor);
}

#define TRUNCATE(name, offset_type)                                         \
    int name(int descriptor, offset_type size) {                            \
        NEXT(#name, int, offset_type);                                      \
        if (concernsDescriptor(descriptor) && fails("truncate", 1, 1)) return -1; \
        return next(descriptor, size);                                      \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

int rename(const char* from, const char* to) {
    NEXT("rename", const char*, const char*);
    if (concernsPath(AT_FDCWD, to) && fails("rename", 1, 0)) return -1;
    return next(from, to);
}

int renameat2(int fromFolder, const char* from, int toFolder, const char* to, unsigned flags) {
    NEXT("renameat2", int, const char*, int, const char*, unsigned);
    if (concernsPath(toFolder, to) && fails("rename", 1, 0)) return -1;
    return next(fromFolder, from, toFolder, to, flags);
}

int unlink(const char* path) {
    NEXT("unlink", const char*);
    if (concernsPath(AT_FDCWD, path) && fails("unlink", 0, 0)) return -1;
    return next(path);
}

int mkdir(const char* path, mode_t mode) {
    NEXT("mkdir", const char*, mode_t);
    if (concernsPath(AT_FDCWD, path) && fails("mkdir", 1, 0)) return -1;
    return next(path, mode);
}

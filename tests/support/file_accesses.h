// Reports file accesses: replaces functions of the C library in the program that includes it (one file of it,
// once), records the calls of the main thread, and blocks others as a disk would that does not
// answer.
#pragma once
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdarg>
#include <cstring>
#include <mutex>
#include <string>
#include <vector>

namespace rw::testing {

class FileAccesses {
 public:
    /// Watches names that hold `part`, from now on, on the thread that calls this.
    static void watch(std::string part) {
        const std::lock_guard lock(mutex());
        state().part = std::move(part);
        state().thread = ::pthread_self();
        state().recorded.clear();
    }
    /// Other threads wait in front of such names until release().
    static void hold() {
        const std::lock_guard lock(mutex());
        state().held = true;
    }
    static void release() {
        const std::lock_guard lock(mutex());
        state().held = false;
        released().notify_all();
    }
    static void forget() {
        release();
        watch({});
    }
    /// The calls of the watching thread with such names: “open64 /tmp/x/a.rill”.
    static std::vector<std::string> ofThisThread() {
        const std::lock_guard lock(mutex());
        return state().recorded;
    }
    /// How many threads are waiting.
    static int waiting() {
        const std::lock_guard lock(mutex());
        return state().waiting;
    }

    static void record(const char* call, const char* name) {
        if (name == nullptr) return;
        std::unique_lock lock(mutex());
        State& now = state();
        if (now.part.empty() || std::strstr(name, now.part.c_str()) == nullptr) return;
        if (::pthread_equal(now.thread, ::pthread_self()) != 0) {
            now.recorded.push_back(std::string(call) + " " + name);
            return;
        }
        ++now.waiting;
        released().wait(lock, [&now] { return !now.held; });
        --now.waiting;
    }

    template <class Function>
    static Function* real(const char* name) {
        return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
    }

 private:
    struct State {
        std::string part{};
        pthread_t thread{};
        bool held = false;
        int waiting = 0;
        std::vector<std::string> recorded{};
    };
    // Never destroyed: threads that are not waited for may still call it at the end of the program.
    static State& state() {
        static auto* const kState = new State;
        return *kState;
    }
    static std::mutex& mutex() {
        static auto* const kMutex = new std::mutex;
        return *kMutex;
    }
    static std::condition_variable& released() {
        static auto* const kReleased = new std::condition_variable;
        return *kReleased;
    }
};

}  // namespace rw::testing

#define RW_RECORD_ACCESS(name) ::rw::testing::FileAccesses::record(__func__, name)

// NOLINTBEGIN: the C library's own names and ways.
extern "C" {

#define RW_OPEN(name)                                                              \
    int name(const char* path, int flags, ...) {                                   \
        using Open = int(const char*, int, ...);                                   \
        RW_RECORD_ACCESS(path);                                                    \
        va_list rest;                                                              \
        va_start(rest, flags);                                                     \
        const int mode = va_arg(rest, int);                                        \
        va_end(rest);                                                              \
        static Open* const real = rw::testing::FileAccesses::real<Open>(__func__); \
        return real(path, flags, mode);                                            \
    }
RW_OPEN(open)
RW_OPEN(open64)

#define RW_PATH_CALL(result, name, parameters, path, arguments, quiet)             \
    result name parameters quiet {                                                 \
        using Call = result parameters;                                            \
        RW_RECORD_ACCESS(path);                                                    \
        static Call* const real = rw::testing::FileAccesses::real<Call>(__func__); \
        return real arguments;                                                     \
    }
#define RW_QUIET_CALL(result, name, parameters, path, arguments) \
    RW_PATH_CALL(result, name, parameters, path, arguments, noexcept)
RW_QUIET_CALL(int, stat, (const char* path, struct stat* to), path, (path, to))
RW_QUIET_CALL(int, stat64, (const char* path, struct stat64* to), path, (path, to))
RW_QUIET_CALL(int, lstat, (const char* path, struct stat* to), path, (path, to))
RW_QUIET_CALL(int, lstat64, (const char* path, struct stat64* to), path, (path, to))
RW_QUIET_CALL(int, statx, (int folder, const char* path, int flags, unsigned mask, struct statx* to), path,
              (folder, path, flags, mask, to))
RW_QUIET_CALL(int, access, (const char* path, int mode), path, (path, mode))
RW_QUIET_CALL(int, mkdir, (const char* path, mode_t mode), path, (path, mode))
RW_QUIET_CALL(int, unlink, (const char* path), path, (path))
RW_QUIET_CALL(int, rename, (const char* path, const char* to), path, (path, to))
RW_PATH_CALL(int, mkstemp, (char* path), path, (path), )
RW_PATH_CALL(DIR*, opendir, (const char* path), path, (path), )

#undef RW_QUIET_CALL
#undef RW_PATH_CALL
#undef RW_OPEN
#undef RW_RECORD_ACCESS
}
// NOLINTEND

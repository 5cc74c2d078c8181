// Calls of the system that a signal may interrupt before they did anything: they are made again.
#pragma once
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace rw {

/// Makes `call` again as long as it fails with EINTR; the result is less than 0 where it failed.
template <class Call>
auto untilWhole(Call call) {
    for (;;) {
        const auto result = call();
        if (result >= 0 || errno != EINTR) return result;
    }
}

inline int openFile(const std::string& path, int flags, mode_t mode = 0) {
    return untilWhole([&] { return ::open(path.c_str(), flags, mode); });
}

inline int syncFile(int fd) {
    return untilWhole([fd] { return ::fsync(fd); });
}

inline int cutFile(int fd, off_t size) {
    return untilWhole([=] { return ::ftruncate(fd, size); });
}

}  // namespace rw

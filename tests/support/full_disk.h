// A disk on which there is no room.
#pragma once
#include <sys/resource.h>

#include <csignal>

namespace rw::test {

/// As long as it lives, no file of this program grows beyond some bytes.
class FullDisk {
 public:
    FullDisk() {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_usual);
        rlimit little = m_usual;
        little.rlim_cur = 100;
        ::setrlimit(RLIMIT_FSIZE, &little);
    }
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &m_usual); }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

 private:
    rlimit m_usual{};
};

}  // namespace rw::test

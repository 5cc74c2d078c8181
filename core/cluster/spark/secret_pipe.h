// A pipe with a name, out of which a program reads a line: it is on no disk, in no environment and in no
// list of processes.
#pragma once
#include <string>
#include <utility>

#include "core/base/status.h"

namespace rw {

class SecretPipe {
 public:
    /// Makes it at `path`, for this user alone, with a line that waits in it. Longer ones than the system
    /// keeps in a pipe (64 KiB) are an error.
    static Result<SecretPipe> make(const std::string& path, const std::string& line);
    ~SecretPipe();  ///< removes it
    SecretPipe(SecretPipe&& other) noexcept
        : m_path(std::exchange(other.m_path, {})), m_pipe(std::exchange(other.m_pipe, -1)) {}
    SecretPipe& operator=(SecretPipe&&) = delete;
    SecretPipe(const SecretPipe&) = delete;
    SecretPipe& operator=(const SecretPipe&) = delete;

 private:
    SecretPipe(std::string path, int pipe) : m_path(std::move(path)), m_pipe(pipe) {}
    std::string m_path;
    int m_pipe;
};

}  // namespace rw

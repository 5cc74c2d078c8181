#include "core/cluster/spark/secret_pipe.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace rw {

namespace {

Status pipeFailed(const std::string& path, int error) {
    return {ErrorCode::Io, RW_TEXT("cluster", "The pipe “%1” can't be made: %2.")
                               .with(path, std::generic_category().message(error))};
}

}  // namespace

Result<SecretPipe> SecretPipe::make(const std::string& path, const std::string& line) {
    constexpr mode_t kOwner = 0600;
    if (::mkfifo(path.c_str(), kOwner) != 0) return pipeFailed(path, errno);
    // Open to read, too: so it has a reader, and what is written waits for the program.
    const int pipe = ::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (pipe < 0) {
        const int error = errno;
        ::unlink(path.c_str());
        return pipeFailed(path, error);
    }
    SecretPipe made(path, pipe);
    const ssize_t written = ::write(pipe, line.data(), line.size());
    if (written < 0) return pipeFailed(path, errno);
    if (static_cast<std::size_t>(written) != line.size()) return pipeFailed(path, ENOSPC);
    return made;
}

SecretPipe::~SecretPipe() {
    if (m_pipe < 0) return;
    ::close(m_pipe);
    ::unlink(m_path.c_str());
}

}  // namespace rw

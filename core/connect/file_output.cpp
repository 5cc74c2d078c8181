#include "core/connect/file_output.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace rw {

namespace {
constexpr std::size_t kLarge = std::size_t{256} << 10;
constexpr const char* kStandardOutput = "-";
}  // namespace

FileOutput::~FileOutput() {
    if (m_fd > STDERR_FILENO) ::close(m_fd);
}

Status FileOutput::open() {
    m_buffer.reserve(2 * kLarge);
    if (m_path == kStandardOutput) {
        m_fd = STDOUT_FILENO;
        return {};
    }
    RW_TRY(checkOutputFolder(m_path));
    m_fd = ::open(m_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (m_fd >= 0) return {};
    if (errno == EISDIR) {
        return {ErrorCode::Invalid, RW_TEXT("files", "“%1” is a folder.").with(m_path),
                RW_TEXT("files", "Give the name of a file in it.")};
    }
    return failed();
}

Status FileOutput::failed() const {
    const int code = errno;
    const bool full = code == ENOSPC || code == EDQUOT || code == EFBIG;
    Text mend = full ? RW_TEXT("files", "Make room on the disk, or write to another one.")
                     : RW_TEXT("files", "Give a file that can be written.");
    const std::string why = std::generic_category().message(code);
    if (m_path == kStandardOutput)
        return {ErrorCode::Io, RW_TEXT("files", "Standard output can't be written: %1.").with(why)};
    return {ErrorCode::Io, RW_TEXT("files", "“%1” can't be written: %2.").with(m_path, why), std::move(mend)};
}

Status FileOutput::flushIfLarge() {
    return m_buffer.size() >= kLarge ? flush() : Status();
}

Status FileOutput::flush() {
    std::size_t at = 0;
    while (at < m_buffer.size()) {
        const ssize_t written = ::write(m_fd, m_buffer.data() + at, m_buffer.size() - at);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return failed();
        at += static_cast<std::size_t>(written);
    }
    m_buffer.clear();
    return {};
}

Status FileOutput::close() {
    RW_TRY(flush());
    const int fd = std::exchange(m_fd, -1);
    if (fd > STDERR_FILENO && ::close(fd) != 0) return failed();
    return {};
}

Status checkOutputFolder(const std::string& path) {
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    std::error_code error;
    if (folder.empty() || std::filesystem::is_directory(folder, error)) return {};
    if (std::filesystem::exists(folder, error)) {
        return {ErrorCode::Invalid, RW_TEXT("files", "“%1” is not a folder.").with(folder.native()),
                RW_TEXT("files", "Choose another path.")};
    }
    return {ErrorCode::NotFound, RW_TEXT("files", "There is no folder “%1”.").with(folder.native()),
            RW_TEXT("files", "Create it, or choose another path.")};
}

}  // namespace rw

#include "core/connect/file_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "core/connect/input_files.h"

namespace rw {

namespace {

constexpr std::size_t kShownOfOverlong = 200;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

Status failed(const Text& what, const std::string& file) {
    const std::string reason = std::generic_category().message(errno);
    return {ErrorCode::Io, Text(what).with(file, reason)};
}

std::uint64_t sizeOf(const std::string& file) {
    struct stat status {};
    return ::stat(file.c_str(), &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

}  // namespace

FileReader::FileReader(FileReaderOptions options, const RowCutter& cutter)
    : m_options(std::move(options)), m_cutter(cutter) {
    // so that only the first row of what is held can be overlong
    m_options.blockSize = std::clamp<std::size_t>(m_options.blockSize, 1, cutter.longestRow());
}

FileReader::~FileReader() {
    closeFile();
}

Status FileReader::open() {
    RW_TRY_ASSIGN(m_files, inputFiles(m_options.path));
    std::uint64_t total = 0;
    for (const std::string& file : m_files) total += sizeOf(file);
    m_total.store(total, std::memory_order_relaxed);
    return openFile();
}

Status FileReader::openFile() {
    m_fd = ::open(file().c_str(), O_RDONLY | O_CLOEXEC);
    if (m_fd < 0) return failed(RW_TEXT("files", "“%1” can't be opened: %2."), file());
    ::posix_fadvise(m_fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    m_offset = 0;
    m_fileStart = true;
    m_ended = m_reopen = m_skipping = false;
    return {};
}

void FileReader::closeFile() {
    if (m_fd >= 0) ::close(m_fd);
    m_fd = -1;
}

/// From a file that has ended to the next, or to none.
Status FileReader::advance() {
    closeFile();
    if (!m_reopen) {
        if (m_current + 1 == m_files.size()) return {};
        ++m_current;
    }
    return openFile();
}

Result<FileReader::Next> FileReader::next(FilePiece& piece) {
    for (;;) {
        if (m_ended) {
            if (m_fd < 0) return Next::End;
            RW_TRY(advance());
            if (m_fd < 0) return Next::End;
        }
        RW_TRY_ASSIGN(const std::size_t read, readMore());
        const bool last = m_current + 1 == m_files.size();
        if (read == 0 && m_options.follow && last && !moveOn()) return Next::Nothing;
        m_ended = read == 0;
        if (cut(m_ended, piece)) return Next::Piece;
    }
}

void FileReader::makeRoom(std::size_t more) {
    const std::size_t held = m_end - m_begin;
    if (m_buffer && m_buffer->capacity() - m_end >= more) return;
    // a little more than needed, in one size as a rule, so that buffers can be used again
    BufferRef larger = m_pool->get(std::max(m_options.blockSize, held) * 2);
    if (held > 0) std::memcpy(larger->data(), m_buffer->data() + m_begin, held);
    m_buffer = std::move(larger);
    m_begin = 0;
    m_end = held;
}

Result<std::size_t> FileReader::readMore() {
    makeRoom(m_options.blockSize);
    ssize_t read = 0;
    do {
        read = ::read(m_fd, m_buffer->data() + m_end, m_options.blockSize);
    } while (read < 0 && errno == EINTR);
    if (read < 0) return failed(RW_TEXT("files", "“%1” can't be read: %2."), file());
    const auto bytes = static_cast<std::size_t>(read);
    m_end += bytes;
    m_offset += bytes;
    const std::uint64_t done = m_done.fetch_add(bytes, std::memory_order_relaxed) + bytes;
    if (done > total()) m_total.store(done, std::memory_order_relaxed);
    return bytes;
}

/// Drops what is held of an overlong row; whether it ended there.
bool FileReader::skipLine() {
    const std::size_t lineEnd = m_buffer->view(m_begin, m_end).find('\n');
    m_begin = lineEnd == std::string_view::npos ? m_end : m_begin + lineEnd + 1;
    return lineEnd != std::string_view::npos;
}

bool FileReader::cut(bool atEnd, FilePiece& piece) {
    if (m_skipping) m_skipping = !skipLine() && !atEnd;
    if (m_fileStart && m_buffer->view(m_begin, m_end).starts_with(kByteOrderMark))
        m_begin += kByteOrderMark.size();
    if (m_begin == m_end) return false;
    if (cutOverlong(piece)) return true;
    const std::size_t size = m_cutter.completeRows(m_buffer->view(m_begin, m_end), atEnd);
    if (size == 0) return false;
    if (atEnd && m_buffer->data()[m_end - 1] != '\n') {
        makeRoom(1);
        m_buffer->data()[m_end] = '\n';
        piece = {m_buffer, m_begin, m_end + 1, m_fileStart, false};
    } else {
        piece = {m_buffer, m_begin, m_begin + size, m_fileStart, false};
    }
    m_fileStart = false;
    // The rest moves to another buffer: the piece is read on other threads, ahead of its end even.
    const std::size_t rest = m_end - (m_begin + size);
    const BufferRef old = std::exchange(m_buffer, nullptr);
    m_begin = m_end = 0;
    if (rest > 0) {
        makeRoom(rest);
        std::memcpy(m_buffer->data(), old->data() + piece.end, rest);
        m_end = rest;
    }
    return true;
}

bool FileReader::cutOverlong(FilePiece& piece) {
    const std::string_view held = m_buffer->view(m_begin, m_end);
    const std::size_t longest = m_cutter.longestRow();
    if (held.size() <= longest || m_cutter.firstRow(held.substr(0, longest), false) != 0) return false;
    const std::size_t shown = std::min(kShownOfOverlong, longest);
    BufferRef head = m_pool->get(shown);
    std::memcpy(head->data(), held.data(), shown);
    piece = {std::move(head), 0, shown, m_fileStart, true};
    m_fileStart = false;
    m_begin += longest;
    m_skipping = !skipLine();
    return true;
}

bool FileReader::moveOn() {
    struct stat byName {
    }, opened{};
    if (::stat(file().c_str(), &byName) == 0 && ::fstat(m_fd, &opened) == 0) {
        const bool replaced = byName.st_ino != opened.st_ino || byName.st_dev != opened.st_dev;
        if (replaced || static_cast<std::uint64_t>(byName.st_size) < m_offset) {
            m_notes.push_back((replaced
                                   ? RW_TEXT("files", "“%1” was replaced and is read from its new start.")
                                   : RW_TEXT("files", "“%1” was truncated and is read from its new start."))
                                  .with(file()));
            m_total.fetch_add(static_cast<std::uint64_t>(byName.st_size), std::memory_order_relaxed);
            m_reopen = true;
            return true;
        }
    }
    const Result<std::vector<std::string>> now = inputFiles(m_options.path);
    if (!now.ok()) return false;  // gone for a moment, as when logs are rotated
    for (const std::string& name : *now) {
        if (name <= m_files.back()) continue;
        m_total.fetch_add(sizeOf(name), std::memory_order_relaxed);
        m_files.push_back(name);
    }
    return m_current + 1 < m_files.size();
}

}  // namespace rw

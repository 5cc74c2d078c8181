#include "core/connect/files/file_reader.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/connect/files/input_files.h"
#include "core/connect/files/system_files.h"

namespace rw {

namespace {

constexpr std::size_t kShownOfOverlong = 200;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// The time of a change is as coarse as the kernel's tick: two within one look like one.
constexpr int kLooksAfterChange = 2;
// Logs that are rotated are without a name for a moment.
constexpr int kLooksUntilRemoved = 20;

}  // namespace

FileReader::FileReader(FileReaderOptions options, const RowSplitter& splitter)
    : m_options(std::move(options)), m_splitter(splitter) {
    // so that only the first row of what is held, which is up to two blocks behind it, can be overlong
    const std::size_t largest = std::max<std::size_t>(splitter.longestRow() / 2, 1);
    m_options.blockSize = std::clamp<std::size_t>(m_options.blockSize, 1, largest);
    if (!m_options.files) m_options.files = systemFiles();
}

Status FileReader::open(const FilePosition* from) {
    RW_TRY_ASSIGN(m_files, inputFiles(m_options.path, *m_options.files));
    if (from != nullptr) RW_TRY(findFile(*from));
    std::uint64_t total = 0;
    for (const std::string& file : m_files) {
        if (const Result<FileState> state = m_options.files->state(file); state.ok()) total += state->size;
    }
    m_total.store(total, std::memory_order_relaxed);
    if (from == nullptr) return openFile();
    m_reopen = true;
    return advance();
}

Status FileReader::openFile() {
    RW_TRY_ASSIGN(m_file, m_options.files->open(file()));
    RW_TRY_ASSIGN(m_opened, m_file->state());
    m_seen = m_opened;
    m_looks = m_missed = 0;
    m_offset = 0;
    m_begin = m_end = 0;
    m_tail.clear();
    m_fileStart = true;
    m_reopen = m_skipping = m_reported = m_caughtUp = false;
    m_phase = Phase::Reading;
    return {};
}

Status FileReader::advance() {
    m_file.reset();
    for (;;) {
        if (!m_reopen) {
            if (m_current + 1 == m_files.size()) {
                m_phase = Phase::Done;
                return {};
            }
            ++m_current;
        }
        const Status opened = openFile();
        if (opened.ok() || !m_options.follow || opened.error().code != ErrorCode::NotFound) return opened;
        m_reopen = true;  // it was there a moment ago, and may come again
        addNewFiles();
        if (m_current + 1 == m_files.size()) return {};
        m_notes.push_back(RW_TEXT("files", "“%1” was removed before it was read.").with(file()));
        m_reopen = false;
    }
}

Result<FileReader::Next> FileReader::next(FilePiece& piece) {
    for (;;) {
        if (m_phase == Phase::AtEnd) {
            if (cut(true, piece)) return Next::Piece;
            m_phase = Phase::Over;
        }
        if (m_phase == Phase::Over) {
            RW_TRY(advance());
            if (m_phase == Phase::Over) return Next::Nothing;
        }
        if (m_phase == Phase::Done) return Next::End;

        RW_TRY_ASSIGN(const std::size_t read, readBlock());
        // After the block was read: what stands before it then is of the same file as it.
        RW_TRY_ASSIGN(const Change change, look());
        if (change != Change::None) report(change);
        if (change != Change::None && m_options.follow) {
            // A line that had no end was all there will be of it, but not one that was cut by a block's end.
            if (!m_caughtUp) m_begin = m_end;
            m_total.fetch_add(m_seen.size, std::memory_order_relaxed);
            m_reopen = true;
            m_phase = Phase::AtEnd;
            continue;
        }
        m_caughtUp = read == 0;
        if (read > 0) {
            hold(read);
            if (cut(false, piece)) return Next::Piece;
            continue;
        }
        if (followed() && !moveOn()) return Next::Nothing;
        if (!m_options.follow) {
            if (m_offset < m_opened.size) report(Change::Truncated);
            reportFate();
        }
        m_phase = Phase::AtEnd;
    }
}

Result<FileReader::Change> FileReader::look() {
    RW_TRY_ASSIGN(const FileState now, m_file->state());
    const bool changed = now.size != m_seen.size || now.modified != m_seen.modified;
    if (!changed && m_looks == 0) return Change::None;
    m_looks = changed ? kLooksAfterChange : m_looks - 1;
    const bool sized = m_seen.size > 0 || now.size > 0;  // files of the kernel's own do not say their size
    m_seen = now;
    if (!sized) return Change::None;
    if (now.size < m_offset) return Change::Truncated;
    RW_TRY_ASSIGN(const bool stands, tailMatches());
    return stands ? Change::None : Change::Rewritten;
}

Result<bool> FileReader::tailMatches() {
    FileTail expected = m_tail;
    expected.add(held());
    const std::size_t size = expected.bytes().size();
    std::array<char, FileTail::kBytes> bytes{};
    std::size_t read = 0;
    while (read < size) {
        RW_TRY_ASSIGN(const std::size_t more,
                      m_file->read(m_offset - size + read, std::span(bytes).subspan(read, size - read)));
        if (more == 0) return false;
        read += more;
    }
    return std::string_view(bytes.data(), size) == expected.bytes();
}

void FileReader::report(Change change) {
    if (std::exchange(m_reported, true)) return;
    const bool truncated = change == Change::Truncated;
    if (m_options.follow) {
        m_notes.push_back((truncated ? RW_TEXT("files", "“%1” was truncated and is read from its new start.")
                                     : RW_TEXT("files", "“%1” was rewritten and is read from its new start."))
                              .with(file()));
    } else if (truncated) {
        m_notes.push_back(RW_TEXT("files", "“%1” was truncated while it was read: %2 of %3 bytes were read.")
                              .with(file(), m_offset, m_opened.size));
    } else {
        m_notes.push_back(
            RW_TEXT("files", "“%1” was rewritten while it was read: what follows byte %2 is new.")
                .with(file(), m_offset));
    }
}

void FileReader::reportFate() {
    const Result<FileState> named = m_options.files->state(file());
    if (named.ok() && !named->sameFile(m_opened)) {
        m_notes.push_back(
            RW_TEXT("files", "“%1” was replaced while it was read; the old file was read.").with(file()));
    } else if (!named.ok() && named.error().code == ErrorCode::NotFound && m_missed < kLooksUntilRemoved) {
        m_notes.push_back(RW_TEXT("files", "“%1” was removed while it was read.").with(file()));
    }
}

void FileReader::finish(bool stale) {
    if (m_phase != Phase::Reading) return;
    const Result<Change> change = look();
    if (change.ok() && *change != Change::None) {
        m_notes.push_back(
            RW_TEXT("files", "“%1” was truncated or rewritten when its reading stopped.").with(file()));
    } else {
        reportFate();
    }
    if (!m_caughtUp || held().empty()) return;
    if (!stale && held().find('\n') == std::string_view::npos) return;
    m_notes.push_back(
        RW_TEXT("files", "The last row of “%1” has no end yet: %2 bytes from byte %3 on were not read.")
            .with(file(), held().size(), m_offset - held().size()));
}

std::string_view FileReader::held() const {
    return m_buffer ? m_buffer->view(m_begin, m_end) : std::string_view();
}

void FileReader::consume(std::size_t bytes) {
    m_tail.add(held().substr(0, bytes));
    m_begin += bytes;
}

void FileReader::makeRoom(std::size_t more) {
    const std::size_t held = m_end - m_begin;
    if (m_buffer && m_buffer->capacity() - m_end >= more) return;
    // a little more than needed, in one size as a rule, so that buffers can be used again
    BufferRef larger = m_pool->get(std::max({m_options.blockSize, held, more}) * 2);
    if (held > 0) std::memcpy(larger->data(), m_buffer->data() + m_begin, held);
    m_buffer = std::move(larger);
    m_begin = 0;
    m_end = held;
}

Result<std::size_t> FileReader::readBlock() {
    makeRoom(m_options.blockSize);
    return m_file->read(m_offset, {m_buffer->data() + m_end, m_options.blockSize});
}

void FileReader::hold(std::size_t bytes) {
    m_end += bytes;
    m_offset += bytes;
    const std::uint64_t done = m_done.fetch_add(bytes, std::memory_order_relaxed) + bytes;
    if (done > total()) m_total.store(done, std::memory_order_relaxed);
}

/// Drops what is held of an overlong row; whether it ended there.
bool FileReader::skipLine() {
    const std::size_t lineEnd = held().find('\n');
    consume(lineEnd == std::string_view::npos ? held().size() : lineEnd + 1);
    return lineEnd != std::string_view::npos;
}

std::size_t FileReader::rowsOfPiece(bool atEnd) const {
    const std::size_t all = m_splitter.completeRows(held(), atEnd);
    if (all <= 2 * m_options.blockSize) return all;
    // The rows behind a long one would keep its bytes from being given back.
    const std::size_t first = m_splitter.firstRow(held(), atEnd);
    return first > m_options.blockSize ? first : all;
}

bool FileReader::cut(bool atEnd, FilePiece& piece) {
    if (m_skipping) m_skipping = !skipLine() && !atEnd;
    if (m_fileStart && held().starts_with(kByteOrderMark)) consume(kByteOrderMark.size());
    if (m_begin == m_end) return false;
    if (cutOverlong(piece)) return true;
    const std::size_t size = rowsOfPiece(atEnd);
    if (size == 0) return false;
    m_pieceTail = m_tail;
    m_pieceOffset = m_offset - held().size();
    const bool endless = m_begin + size == m_end && m_buffer->data()[m_end - 1] != '\n';
    if (endless) makeRoom(1);
    piece = {m_buffer, m_begin, m_begin + size, m_fileStart, false, m_pieceOffset - m_begin};
    consume(size);
    m_fileStart = false;
    // The rest moves to another buffer: the piece is read on other threads, ahead of its end even.
    const std::size_t from = m_begin, rest = m_end - m_begin;
    const BufferRef old = std::exchange(m_buffer, nullptr);
    m_begin = m_end = 0;
    if (endless) old->data()[piece.end++] = '\n';
    if (rest > 0) {
        makeRoom(rest);
        std::memcpy(m_buffer->data(), old->data() + from, rest);
        m_end = rest;
    }
    return true;
}

bool FileReader::cutOverlong(FilePiece& piece) {
    const std::string_view all = held();
    const std::size_t longest = m_splitter.longestRow();
    if (all.size() <= longest || m_splitter.firstRow(all.substr(0, longest), false) != 0) return false;
    const std::size_t shown = std::min(kShownOfOverlong, longest);
    BufferRef head = m_pool->get(shown);
    std::memcpy(head->data(), all.data(), shown);
    m_pieceTail = m_tail;
    m_pieceOffset = m_offset - all.size();
    piece = {std::move(head), 0, shown, m_fileStart, true, m_pieceOffset};
    m_fileStart = false;
    consume(longest);
    m_skipping = !skipLine();
    return true;
}

bool FileReader::moveOn() {
    const Result<FileState> named = m_options.files->state(file());
    if (named.ok() && !named->sameFile(m_opened)) {
        m_notes.push_back(RW_TEXT("files", "“%1” was replaced and is read from its new start.").with(file()));
        m_total.fetch_add(named->size, std::memory_order_relaxed);
        m_reopen = true;
        return true;
    }
    m_missed = named.ok() ? 0 : m_missed + 1;
    if (m_missed == kLooksUntilRemoved) {
        m_notes.push_back(
            RW_TEXT("files", "“%1” was removed; should it come again it is read from its start.")
                .with(file()));
    }
    addNewFiles();
    return m_current + 1 < m_files.size();
}

void FileReader::addNewFiles() {
    for (std::string& name : inputFilesAfter(m_files.back(), m_options.path, *m_options.files)) {
        if (const Result<FileState> state = m_options.files->state(name); state.ok())
            m_total.fetch_add(state->size, std::memory_order_relaxed);
        m_files.push_back(std::move(name));
    }
}

}  // namespace rw

#include "core/connect/files/file_reader.h"

#include <algorithm>
#include <array>

#include "core/base/figures.h"
#include "core/connect/files/compressed_file.h"
#include "core/connect/files/input_files.h"
#include "core/connect/files/system_files.h"

namespace rw {

namespace {

// The time of a change is as coarse as the kernel's tick: two within one look like one.
constexpr int kLooksAfterChange = 2;
// Logs that are rotated are without a name for a moment.
constexpr int kLooksUntilRemoved = 20;

}  // namespace

FileReader::FileReader(FileReaderOptions options, const Framing& framing)
    : m_options(std::move(options)), m_cutter(framing, m_options.blockSize) {
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
    if (m_options.follow) resumeFolder(*from);
    return advance();
}

Status FileReader::openFile() {
    if (m_options.follow && compressionOf(file()) != Compression::None)
        return Status(ErrorCode::Invalid,
                      RW_TEXT("files", "“%1” is compressed: it can't be followed.").with(file()),
                      RW_TEXT("files", "Switch “Follow” off, or leave it out of what is read."));
    RW_TRY_ASSIGN(m_file, openContent(*m_options.files, file()));
    RW_TRY_ASSIGN(m_opened, m_file->state());
    m_seen = m_opened;
    m_looks = m_missed = 0;
    m_cutter.begin();
    m_reopen = m_caughtUp = m_leaving = false;
    m_phase = Phase::Reading;
    if (m_options.follow) m_highest = std::max(m_highest, nameBelow(file(), m_options.path));
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
            pass();
            ++m_current;
        }
        const Status opened = openFile();
        if (opened.ok() || !m_options.follow || opened.error().code != ErrorCode::NotFound) return opened;
        m_reopen = true;  // it was there a moment ago, and may come again
        addNewFiles();
        if (m_current + 1 == m_files.size()) return {};
        m_notes.push_back(RW_TEXT("files", "“%1” was removed before it was read.").with(file()));
        m_reopen = false;  // and it is passed
    }
}

Result<FileReader::Next> FileReader::next(FilePiece& piece) {
    if (!m_asked.empty()) addNewFiles();
    if (!m_asked.empty()) return Next::Nothing;
    for (;;) {
        if (m_phase == Phase::AtEnd) {
            if (m_cutter.cut(true, piece)) return Next::Piece;
            m_phase = Phase::Over;
        }
        if (m_phase == Phase::Over) {
            RW_TRY(advance());
            if (m_phase == Phase::Over) return Next::Nothing;
        }
        if (m_phase == Phase::Done) return Next::End;

        if (m_options.goesOn) {
            RW_TRY_ASSIGN(const bool more, m_options.goesOn(done()));
            if (!more) return Next::End;
        }
        RW_TRY_ASSIGN(const std::size_t read, readBlock());
        const std::uint64_t before = m_seen.size;
        // After the block was read: the bytes before it are then of the same file.
        RW_TRY_ASSIGN(const Change change, look());
        if (change != Change::None && !m_options.follow) {
            if (read > 0 || m_cutter.offset() < before) return changedFrom(before, change);
            noteLateChange();  // all that it had was read by then
            m_phase = Phase::AtEnd;
            continue;
        }
        if (change != Change::None) {
            noteNewStart(change);
            // A line that had no end was all there will be of it, but not one that was cut by a block's end.
            if (!m_caughtUp) m_cutter.drop();
            m_total.fetch_add(m_seen.size, std::memory_order_relaxed);
            m_reopen = true;
            m_phase = Phase::AtEnd;
            continue;
        }
        m_caughtUp = read == 0;
        if (read > 0) {
            hold(read);
            if (m_cutter.cut(false, piece)) return Next::Piece;
            continue;
        }
        if (followed() && !m_leaving && !moveOn()) return Next::Nothing;
        if (!m_asked.empty()) return Next::Nothing;
        // Before it lost its name, or another came behind it, more may have been written to it.
        if (m_options.follow && !std::exchange(m_leaving, true)) continue;
        if (!m_options.follow) reportFate();
        m_phase = Phase::AtEnd;
    }
}

Result<FileReader::Change> FileReader::look() {
    RW_TRY_ASSIGN(const FileState now, m_file->state());
    const bool changed = now.size != m_seen.size || now.modified != m_seen.modified;
    if (!changed && m_looks == 0) return Change::None;
    m_looks = changed ? kLooksAfterChange : m_looks - 1;
    const std::uint64_t before = std::exchange(m_seen, now).size;
    if (before == 0 && now.size == 0) return Change::None;  // files of the kernel's own do not say their size
    // Rows that are still to come are missing, too, where the whole file is to be read.
    if (now.size < m_cutter.offset() || (!m_options.follow && now.size < before)) return Change::Truncated;
    RW_TRY_ASSIGN(const bool stands, tailMatches());
    return stands ? Change::None : Change::Rewritten;
}

Result<bool> FileReader::tailMatches() {
    const FileTail expected = m_cutter.taken();
    const std::size_t size = expected.bytes().size();
    std::array<char, FileTail::kBytes> bytes{};
    std::size_t read = 0;
    while (read < size) {
        RW_TRY_ASSIGN(const std::size_t more, m_file->read(m_cutter.offset() - size + read,
                                                           std::span(bytes).subspan(read, size - read)));
        if (more == 0) return false;
        read += more;
    }
    return std::string_view(bytes.data(), size) == expected.bytes();
}

void FileReader::noteNewStart(Change change) {
    m_notes.push_back((change == Change::Truncated
                           ? RW_TEXT("files", "“%1” was truncated and is read from its new start.")
                           : RW_TEXT("files", "“%1” was rewritten and is read from its new start."))
                          .with(file()));
}

void FileReader::noteLateChange() {
    m_notes.push_back(
        RW_TEXT("files", "“%1” was truncated or rewritten when its reading stopped.").with(file()));
}

Status FileReader::changedFrom(std::uint64_t before, Change change) const {
    return change == Change::Truncated ? truncatedWhileRead(file(), before, m_seen.size)
                                       : rewrittenWhileRead(file(), m_cutter.offset());
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
    if (m_phase != Phase::Reading || m_reopen) return;
    const Result<Change> change = look();
    if (change.ok() && *change != Change::None) {
        noteLateChange();
    } else {
        reportFate();
    }
    const std::string_view held = m_cutter.held();
    if (!m_caughtUp || held.empty()) return;
    if (!stale && held.find('\n') == std::string_view::npos) return;
    m_notes.push_back(
        RW_TEXT("files", "The last row of “%1” has no end yet: %2 from byte %3 on were not read.")
            .with(file(), figures::bytes(held.size()), figures::count(m_cutter.offset() - held.size())));
}

Result<std::size_t> FileReader::readBlock() {
    const std::span<char> room = m_cutter.room();
    return m_file->read(m_cutter.offset(), room);
}

void FileReader::hold(std::size_t bytes) {
    m_cutter.hold(bytes);
    const std::uint64_t done = m_done.fetch_add(bytes, std::memory_order_relaxed) + bytes;
    if (done > total()) m_total.store(done, std::memory_order_relaxed);
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

bool FileReader::isKnown(const std::string& name) const {
    const auto from = m_files.begin() + static_cast<std::ptrdiff_t>(m_current);
    return m_passed.count(hashOf(name)) > 0 || std::find(from, m_files.end(), name) != m_files.end();
}

/// Those behind the current one are in the order of their names.
void FileReader::queue(const std::string& name) {
    if (const Result<FileState> state = m_options.files->state(name); state.ok())
        m_total.fetch_add(state->size, std::memory_order_relaxed);
    const auto from = m_files.begin() + static_cast<std::ptrdiff_t>(m_current) + 1;
    m_files.insert(std::upper_bound(from, m_files.end(), name), name);
}

void FileReader::addNewFiles() {
    std::vector<std::string> late;
    const auto known = [this](const std::string& name) { return isKnown(name); };
    for (const std::string& name : inputFilesBut(known, m_options.path, *m_options.files)) {
        if (nameBelow(name, m_options.path) < m_highest) {
            late.push_back(name);
        } else {
            queue(name);
        }
    }
    m_asked.clear();
    for (const std::string& name : late) takeLate(name);
}

void FileReader::takeLate(const std::string& name) {
    const bool isNew = m_told.insert(hashOf(name)).second;
    switch (m_options.earlier) {
        case FileReaderOptions::Earlier::Ask:
            m_asked.push_back(name);
            if (!isNew) return;
            m_notes.push_back(
                RW_TEXT(
                    "files",
                    "“%1” came when files with later names had been read. Nothing more is read until “Files "
                    "that come late” says whether it is to be read or left out, or it has a later name.")
                    .with(name));
            return;
        case FileReaderOptions::Earlier::Read:
            // The current one may still grow: it is left when another one comes.
            if (m_current + 1 < m_files.size()) queue(name);
            if (!isNew) return;
            m_notes.push_back(
                RW_TEXT("files", "“%1” came late: its rows are behind those of files with later names.")
                    .with(name));
            return;
        case FileReaderOptions::Earlier::Skip:
            m_passed.insert(hashOf(name));
            m_notes.push_back(
                RW_TEXT("files", "“%1” came when files with later names had been read, and is left out.")
                    .with(name));
            return;
    }
}

}  // namespace rw

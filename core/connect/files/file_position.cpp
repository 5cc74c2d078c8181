// The position of a FileReader, for snapshots: writing it, and resuming from it.
#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "core/base/figures.h"
#include "core/connect/files/file_reader.h"
#include "core/connect/files/input_files.h"

namespace rw {

namespace fs = std::filesystem;

namespace {

Status changed(const std::string& file) {
    return {ErrorCode::Invalid,
            RW_TEXT("files", "“%1” is not what it was when the state was saved.").with(file),
            RW_TEXT("files", "Put the file back, or start the run anew.")};
}

}  // namespace

void FilePosition::save(StateWriter& out) const {
    out.bytes("file", file);
    out.bytes("path", path);
    out.u64("device", opened.device);
    out.u64("inode", opened.inode);
    out.u64("size", opened.size);
    out.i64("modified", opened.modified);
    out.u64("offset", offset);
    out.u64("checksum", checksum);
    out.u64("skipping", skipping ? 1 : 0);
    out.u64("done", done ? 1 : 0);
    if (!passed) return;
    out.bytes("passed",
              {reinterpret_cast<const char*>(passed->data()), passed->size() * sizeof(std::uint64_t)});
    out.bytes("highest", highest);
}

Result<FilePosition> FilePosition::load(const StateReader& state) {
    FilePosition place;
    RW_TRY_ASSIGN(place.file, state.bytes("file"));
    if (state.has("path")) {
        RW_TRY_ASSIGN(place.path, state.bytes("path"));
    }
    RW_TRY_ASSIGN(place.opened.device, state.u64("device", 0));
    RW_TRY_ASSIGN(place.opened.inode, state.u64("inode", 0));
    RW_TRY_ASSIGN(place.opened.size, state.u64("size", 0));
    RW_TRY_ASSIGN(place.opened.modified, state.i64("modified", 0));
    RW_TRY_ASSIGN(place.offset, state.u64("offset"));
    RW_TRY_ASSIGN(place.checksum, state.u64("checksum"));
    RW_TRY_ASSIGN(const std::uint64_t skipping, state.u64("skipping", 0));
    RW_TRY_ASSIGN(const std::uint64_t done, state.u64("done", 0));
    place.skipping = skipping != 0;
    place.done = done != 0;
    if (!state.has("passed")) return place;
    RW_TRY_ASSIGN(const std::string_view hashes, state.bytes("passed"));
    if (hashes.size() % sizeof(std::uint64_t) != 0) return brokenState("files that were read");
    place.passed.emplace(hashes.size() / sizeof(std::uint64_t));
    if (!hashes.empty()) std::memcpy(place.passed->data(), hashes.data(), hashes.size());
    RW_TRY_ASSIGN(place.highest, state.bytes("highest"));
    return place;
}

FilePosition FileReader::position(const FilePiece& rest) const {
    FilePosition place;
    place.file = file();
    place.path = m_options.path;
    place.opened = m_seen;
    place.done = m_phase == Phase::Done;
    if (m_options.follow) {
        place.passed.emplace(m_passed.begin(), m_passed.end());
        place.highest = m_highest;
    }
    if (rest.begin == rest.end && m_reopen) {
        place.checksum = FileTail().checksum();  // its name is to be read from its start
        place.opened.size = 0;                   // that may be another file
        return place;
    }
    const RowCutter::Place at = m_cutter.placeBefore(rest);
    place.offset = at.offset;
    place.checksum = at.checksum;
    place.skipping = at.skipping;
    return place;
}

std::string FileReader::nameNow(const FilePosition& from) const {
    if (!from.path.empty()) return movedName(from.file, from.path, m_options.path);
    if (mayBeNamedBy(from.file, m_options.path)) return from.file;
    // Its folder was moved, and it is not known which part of the name was the folder: the file that ends alike.
    const fs::path before(from.file);
    const auto alike = [&before](const std::string& file) {
        return fs::path(file).filename() == before.filename();
    };
    const auto found = std::find_if(m_files.begin(), m_files.end(), alike);
    return std::count_if(m_files.begin(), m_files.end(), alike) == 1 ? *found : from.file;
}

Status FileReader::findFile(const FilePosition& from) {
    m_fromFile = nameNow(from);
    const auto place = std::lower_bound(m_files.begin(), m_files.end(), m_fromFile);
    m_current = static_cast<std::size_t>(place - m_files.begin());
    if (place != m_files.end() && *place == m_fromFile) return {};
    if (!m_options.follow) return changed(m_fromFile);
    m_files.insert(place, m_fromFile);
    return {};
}

std::uint64_t FileReader::hashOf(const std::string& name) const {
    const std::string below = nameBelow(name, m_options.path);
    return XXH3_64bits(below.data(), below.size());
}

void FileReader::pass() {
    if (m_options.follow) m_passed.insert(hashOf(file()));
}

void FileReader::resumeFolder(const FilePosition& from) {
    m_highest = from.highest;
    if (from.passed) {
        m_passed.insert(from.passed->begin(), from.passed->end());
    } else {
        // An earlier program did not say: all that are before it were read.
        for (std::size_t i = 0; i < m_current; ++i) m_passed.insert(hashOf(m_files[i]));
    }
    m_files = {m_fromFile};
    m_current = 0;
    m_highest = std::max(m_highest, nameBelow(m_fromFile, m_options.path));
    m_total.store(0, std::memory_order_relaxed);
    if (const Result<FileState> state = m_options.files->state(m_fromFile); state.ok())
        m_total.store(state->size, std::memory_order_relaxed);
    // Of those that came late meanwhile it is told when all others were read.
    const auto known = [this](const std::string& name) { return isKnown(name); };
    for (const std::string& name : inputFilesBut(known, m_options.path, *m_options.files)) {
        if (nameBelow(name, m_options.path) > m_highest) queue(name);
    }
}

Result<bool> FileReader::knows(const FilePosition& from) {
    if (!m_file || file() != m_fromFile) return false;  // gone, as was told or will be
    const std::uint64_t before = std::min<std::uint64_t>(from.offset, FileTail::kBytes);
    RW_TRY_ASSIGN(m_fromTail, readTail(*m_file, from.offset));
    if (m_fromTail.bytes().size() < before || m_fromTail.checksum() != from.checksum) {
        if (!m_options.follow) return changed(file());
        m_notes.push_back(
            RW_TEXT("files", "“%1” is not what it was when the state was saved; it is read from its start.")
                .with(file()));
        return false;
    }
    // Far before the place nothing is compared. Earlier programs did not say the time: it is 0.
    const bool dated = from.offset > 0 && from.opened.modified != 0;
    if (dated && m_opened.size == from.opened.size && m_opened.modified != from.opened.modified) {
        m_notes.push_back(RW_TEXT("files",
                                  "“%1” has another modification time than when the state was saved. Rows "
                                  "before byte %2 are not read again: if some were edited, the results have "
                                  "them as they were.")
                              .with(file(), figures::count(from.offset)));
    }
    if (!from.done && m_opened.size < from.opened.size) {
        m_notes.push_back(RW_TEXT("files",
                                  "“%1” was truncated after the state was saved, behind the place that was "
                                  "reached: of %2 %3 are left.")
                              .with(file(), figures::bytes(from.opened.size), figures::count(m_opened.size)));
    }
    return true;
}

void FileReader::goTo(const FilePosition& from) {
    if (!m_file || file() != m_fromFile) return;
    m_cutter.begin(from.offset, m_fromTail, from.skipping);
    m_caughtUp = false;
    m_phase = from.done ? Phase::Done : Phase::Reading;
    std::uint64_t done = from.offset;
    for (std::size_t i = 0; i < m_current; ++i) {
        if (const Result<FileState> state = m_options.files->state(m_files[i]); state.ok())
            done += state->size;
    }
    m_done.store(done, std::memory_order_relaxed);
}

}  // namespace rw

// Where a FileReader is, for snapshots: taking the place down, and going on from it.
#include <algorithm>

#include "core/connect/files/file_reader.h"

namespace rw {

namespace {

Status changed(const std::string& file) {
    return {ErrorCode::Invalid,
            RW_TEXT("files", "“%1” is not what it was when the state was saved.").with(file),
            RW_TEXT("files", "Put the file back, or start the run anew.")};
}

}  // namespace

void FilePosition::save(StateWriter& out) const {
    out.bytes("file", file);
    out.u64("device", opened.device);
    out.u64("inode", opened.inode);
    out.u64("size", opened.size);
    out.u64("offset", offset);
    out.u64("checksum", checksum);
    out.u64("skipping", skipping ? 1 : 0);
    out.u64("done", done ? 1 : 0);
}

Result<FilePosition> FilePosition::load(const StateReader& state) {
    FilePosition place;
    RW_TRY_ASSIGN(place.file, state.bytes("file"));
    RW_TRY_ASSIGN(place.opened.device, state.u64("device", 0));
    RW_TRY_ASSIGN(place.opened.inode, state.u64("inode", 0));
    RW_TRY_ASSIGN(place.opened.size, state.u64("size", 0));
    RW_TRY_ASSIGN(place.offset, state.u64("offset"));
    RW_TRY_ASSIGN(place.checksum, state.u64("checksum"));
    RW_TRY_ASSIGN(const std::uint64_t skipping, state.u64("skipping", 0));
    RW_TRY_ASSIGN(const std::uint64_t done, state.u64("done", 0));
    place.skipping = skipping != 0;
    place.done = done != 0;
    return place;
}

FilePosition FileReader::position(const FilePiece& rest) const {
    FilePosition place;
    place.file = file();
    place.opened = m_opened;
    place.done = m_phase == Phase::Done;
    if (rest.begin == rest.end && m_reopen) {
        place.checksum = FileTail().checksum();  // its name is to be read from its start
        return place;
    }
    const RowCutter::Place at = m_cutter.placeBefore(rest);
    place.offset = at.offset;
    place.checksum = at.checksum;
    place.skipping = at.skipping;
    return place;
}

Status FileReader::findFile(const FilePosition& from) {
    const auto place = std::lower_bound(m_files.begin(), m_files.end(), from.file);
    m_current = static_cast<std::size_t>(place - m_files.begin());
    if (place != m_files.end() && *place == from.file) return {};
    if (!m_options.follow) return changed(from.file);
    m_files.insert(place, from.file);
    return {};
}

Result<bool> FileReader::knows(const FilePosition& from) {
    if (!m_file || file() != from.file) return false;  // gone, as was told or will be
    const std::uint64_t before = std::min<std::uint64_t>(from.offset, FileTail::kBytes);
    RW_TRY_ASSIGN(m_fromTail, readTail(*m_file, from.offset));
    if (m_fromTail.bytes().size() < before || m_fromTail.checksum() != from.checksum) {
        if (!m_options.follow) return changed(from.file);
        m_notes.push_back(
            RW_TEXT("files", "“%1” is not what it was when the state was saved; it is read from its start.")
                .with(file()));
        return false;
    }
    return true;
}

void FileReader::goTo(const FilePosition& from) {
    if (!m_file || file() != from.file) return;
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

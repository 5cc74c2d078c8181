#include "core/stream/paged/page_files.h"

#include <algorithm>
#include <utility>

#include "core/data/state_reader.h"

namespace rw {

namespace {
constexpr std::uint32_t kPageVersion = 1;
constexpr std::uint64_t kSmall = std::uint64_t{1} << 20;  // not worth to be moved
}  // namespace

std::string recordOf(std::string_view fields) {
    std::string record(reinterpret_cast<const char*>(&kPageVersion), sizeof kPageVersion);
    record += fields;
    return record;
}

Result<std::string> PageFiles::read(int group) const {
    std::string fields;
    for (const Piece& piece : page(group)) {
        if (!piece.run) {
            fields += *piece.fields;
            continue;
        }
        SortedRun::Reader reader(*piece.run);
        for (const RunSection& section : piece.run->sections().subspan(piece.section, piece.sections)) {
            RW_TRY_ASSIGN(const std::string bytes, reader.read(section));
            RW_TRY_ASSIGN(const StateReader record, StateReader::unsealed(bytes));
            RW_TRY_ASSIGN(const std::string_view some, record.bytes(kFieldsOfPage));
            fields += some;
        }
    }
    return fields;
}

void PageFiles::drop(int group) {
    for (const Piece& piece : page(group)) {
        m_bytes -= piece.bytes;
        if (!piece.run) {
            m_waiting -= piece.bytes;
            continue;
        }
        Used& used = usedOf(piece.run);
        used.groups.reset(static_cast<std::size_t>(group));
        used.bytes -= piece.bytes;
    }
    page(group).clear();
    std::erase_if(m_files, [](const Used& used) { return used.groups.none(); });
}

PageFiles::Used& PageFiles::usedOf(const std::shared_ptr<const SortedRun>& run) {
    const auto found =
        std::find_if(m_files.begin(), m_files.end(), [&run](const Used& used) { return used.run == run; });
    return found != m_files.end() ? *found : m_files.emplace_back(Used{run, {}, 0});
}

void PageFiles::put(int group, std::string_view fields) {
    drop(group);
    if (!fields.empty()) append(group, fields);
}

void PageFiles::append(int group, std::string_view fields) {
    Piece piece;
    piece.fields = std::make_shared<const std::string>(fields);
    piece.bytes = piece.fields->size();
    m_bytes += piece.bytes;
    m_waiting += piece.bytes;
    page(group).push_back(std::move(piece));
}

void PageFiles::adopt(const std::shared_ptr<const SortedRun>& run) {
    const std::span<const RunSection> sections = run->sections();
    for (std::size_t from = 0, end = 0; from < sections.size(); from = end) {
        const int group = sections[from].keyGroup;
        Piece piece;
        piece.run = run;
        piece.section = from;
        for (; end < sections.size() && sections[end].keyGroup == group; ++end)
            piece.bytes += sections[end].size;
        piece.sections = end - from;
        Used& used = usedOf(run);
        used.groups.set(static_cast<std::size_t>(group));
        used.bytes += piece.bytes;
        m_bytes += piece.bytes;
        page(group).push_back(std::move(piece));
    }
}

Status PageFiles::write() {
    if (!m_folder || m_waiting == 0) return {};
    const Status status = writeFile();
    if (status.ok() || !m_folder->isOptional()) return status;
    for (Text& note : m_folder->staysInMemory(status.error())) m_notes.push_back(std::move(note));
    m_folder.reset();
    return {};
}

void PageFiles::clear() {
    m_pages = {};
    m_files.clear();
    m_bytes = m_waiting = 0;
}

Status PageFiles::writeFile() {
    RW_TRY_ASSIGN(std::unique_ptr<SortedRunWriter> writer, SortedRunWriter::create(m_folder));
    for (int group = 0; group < kKeyGroups; ++group) {
        for (const Piece& piece : page(group)) {
            if (piece.run) continue;
            StateWriter section;
            section.bytes(kFieldsOfPage, *piece.fields);
            RW_TRY(writer->add(group, 1, recordOf(section.takeFields())));
        }
    }
    RW_TRY_ASSIGN(std::unique_ptr<SortedRun> finished, writer->finish());
    for (Page& each : m_pages) {
        std::erase_if(each, [this](const Piece& piece) {
            if (piece.run) return false;
            m_bytes -= piece.bytes;
            return true;
        });
    }
    m_waiting = 0;
    adopt(std::move(finished));
    return {};
}

int PageFiles::groupToMove() const {
    const std::uint64_t inFiles = bytesInFiles();
    if (!m_folder || inFiles < kSmall || inFiles / 2 < m_bytes) return -1;
    const auto most = std::max_element(m_files.begin(), m_files.end(), [](const Used& a, const Used& b) {
        return a.run->bytes() - a.bytes < b.run->bytes() - b.bytes;
    });
    for (std::size_t group = 0; group < most->groups.size(); ++group) {
        if (most->groups[group]) return static_cast<int>(group);
    }
    return -1;
}

std::uint64_t PageFiles::bytesInFiles() const {
    std::uint64_t bytes = 0;
    for (const Used& used : m_files) bytes += used.run->bytes();
    return bytes;
}

std::size_t PageFiles::memoryBytes() const {
    std::size_t bytes =
        sizeof *this + static_cast<std::size_t>(m_waiting) + m_files.capacity() * sizeof(Used);
    for (const Used& used : m_files) bytes += used.run->memoryBytes();
    for (const Page& each : m_pages) bytes += each.capacity() * sizeof(Piece);
    return bytes;
}

PageFiles::Fixed PageFiles::fixed() const {
    Fixed out;
    for (const Used& used : m_files) out.files.push_back({used.run, used.groups, used.bytes});
    for (int group = 0; group < kKeyGroups; ++group) {
        for (const Piece& piece : page(group)) {
            if (!piece.run) out.inMemory.push_back({group, piece.fields});
        }
    }
    return out;
}

}  // namespace rw

#include "core/store/sorted_run.h"

#include <algorithm>
#include <utility>

#include "core/data/state_layout.h"

namespace rw {

namespace {
constexpr std::size_t kWrittenAtOnce = std::size_t{256} << 10;
}

SortedRun::SortedRun(std::shared_ptr<SpillFolder> folder, std::string path)
    : m_folder(std::move(folder)), m_files(m_folder->outputs()), m_path(std::move(path)) {}

SortedRun::~SortedRun() {
    if (m_folder) m_folder->remove(m_path);
}

void SortedRun::take(SavedRun saved, const std::string& path) {
    m_sections = std::move(saved.sections);
    for (const Section& section : m_sections) {
        m_items += section.items;
        m_bytes += section.size;
    }
    m_file = std::move(saved.file);
    m_fileBytes = saved.fileBytes;
    m_from = path;
}

std::unique_ptr<SortedRun> SortedRun::openAt(std::shared_ptr<OutputFiles> files, std::string path,
                                             SavedRun saved) {
    std::unique_ptr<SortedRun> run(new SortedRun(std::move(files), std::move(path)));
    run->take(std::move(saved), run->m_path);
    return run;
}

Result<std::unique_ptr<SortedRun>> SortedRun::takeOver(std::shared_ptr<SpillFolder> folder,
                                                       const std::string& path, SavedRun saved) {
    RW_TRY_ASSIGN(std::string own, folder->nextPath());
    std::unique_ptr<SortedRun> run(new SortedRun(std::move(folder), std::move(own)));
    RW_TRY(run->m_files->link(path, run->m_path, run->m_path));
    run->take(std::move(saved), path);
    return run;
}

SavedRun SortedRun::saved() const {
    std::string name = runName(m_sections);
    if (m_file.empty()) return {name, name, m_bytes, m_sections};
    return {std::move(name), m_file, m_fileBytes, m_sections};
}

Status SortedRun::changed() const {
    if (!m_from.empty()) {
        return {
            ErrorCode::Io,
            RW_TEXT("store", "“%1” no longer contains the state that a checkpoint has in it.").with(m_from),
            RW_TEXT("store", "Check the disk, then resume from an earlier checkpoint.")};
    }
    return {ErrorCode::Io,
            RW_TEXT("store", "“%1” no longer contains the state that this run wrote to it.").with(m_path),
            RW_TEXT("store",
                    "Check the disk, and do not change the files of a run that is active. A run that takes "
                    "checkpoints can be resumed from the last one.")};
}

Result<std::string> SortedRun::Reader::read(std::span<const Section> sections) {
    if (sections.empty()) return std::string();
    if (!m_file) {
        Result<std::unique_ptr<InputFile>> file = m_run->m_files->reading(m_run->m_path);
        if (!file.ok()) return file.error().code == ErrorCode::NotFound ? m_run->changed() : file.status();
        m_file = *std::move(file);
    }
    const std::uint64_t from = sections.front().offset;
    std::string bytes(sections.back().offset + sections.back().size - from, '\0');
    for (std::size_t have = 0; have < bytes.size();) {
        RW_TRY_ASSIGN(const std::size_t read, m_file->read(from + have, std::span(bytes).subspan(have)));
        if (read == 0) return m_run->changed();
        have += read;
    }
    for (const Section& section : sections) {
        const auto written = std::string_view(bytes).substr(section.offset - from, section.size);
        if (state_layout::checksum(written) != section.checksum) return m_run->changed();
    }
    return bytes;
}

Result<std::unique_ptr<SortedRunWriter>> SortedRunWriter::create(std::shared_ptr<SpillFolder> folder) {
    RW_TRY_ASSIGN(const std::string path, folder->nextPath());
    RW_TRY_ASSIGN(std::unique_ptr<OutputFile> file, folder->outputs()->create(path, {}, path));
    std::unique_ptr<SortedRun> run(new SortedRun(std::move(folder), path));
    return std::unique_ptr<SortedRunWriter>(new SortedRunWriter(std::move(run), std::move(file)));
}

Status SortedRunWriter::add(int keyGroup, std::uint32_t items, std::string_view bytes) {
    m_run->m_sections.push_back(
        {keyGroup, items, m_run->m_bytes, bytes.size(), state_layout::checksum(bytes)});
    m_run->m_bytes += bytes.size();
    m_run->m_items += items;
    m_waiting += bytes;
    return m_waiting.size() < kWrittenAtOnce ? Status() : flush();
}

Status SortedRunWriter::flush() {
    RW_TRY(m_run->m_folder->mayWrite(m_waiting.size()));
    for (std::string_view left = m_waiting; !left.empty();) {
        RW_TRY_ASSIGN(const std::size_t written, m_file->write(left));  // 0: it was interrupted
        left.remove_prefix(written);
    }
    m_waiting.clear();
    return {};
}

/// Nothing is synced: what is left of the file after a loss of power is removed.
Result<std::unique_ptr<SortedRun>> SortedRunWriter::finish() {
    RW_TRY(flush());
    RW_TRY(m_file->close());
    m_run->m_sections.shrink_to_fit();
    return std::move(m_run);
}

}  // namespace rw

#include "core/stream/paged/pages_state.h"

#include <optional>
#include <utility>

#include "core/data/state_reader.h"

namespace rw {

namespace {

constexpr std::uint32_t kPagedVersion = 1;
constexpr std::string_view kPaged = "paged", kPageFile = "page_file", kPage = "page", kQueued = "queued";
constexpr std::size_t kPieceBytes = std::size_t{1} << 20;

/// What a checkpoint says of a file of pages, and has of it.
struct SavedPageFile {
    std::string name{};
    KeyGroupSet groups{};
    std::optional<SavedRun> file{};                                 ///< nothing: it has its content
    std::map<int, std::map<std::uint64_t, std::string>> content{};  ///< records by group and section
};

void keepSections(SavedRun& run, const KeyGroupSet& groups) {
    std::erase_if(run.sections, [&groups](const RunSection& each) {
        return !groups[static_cast<std::size_t>(each.keyGroup)];
    });
}

Result<std::vector<SavedPageFile>> savedFiles(const StateReader& state, const KeyGroupSet& own) {
    RW_TRY_ASSIGN(const std::uint64_t count, state.u64(kPaged));
    RW_TRY_ASSIGN(const std::vector<StateReader> records, state.records(kPageFile));
    if (count != records.size()) return brokenState("files of pages");
    std::vector<SavedPageFile> saved;
    for (const StateReader& record : records) {
        if (record.version() != kPagedVersion) return brokenState("version of a file of pages");
        RW_TRY_ASSIGN(const std::string_view name, record.bytes("name"));
        RW_TRY_ASSIGN(const std::string_view bytes, record.bytes("groups"));
        RW_TRY_ASSIGN(const KeyGroupSet groups, unpackedKeyGroups(bytes));
        saved.push_back({std::string(name), groups & own, {}, {}});
    }
    return saved;
}

/// Fields of a page that is in no file.
struct Loose {
    int group = 0;
    std::string_view fields{};
};

/// Gives those, and to files that the checkpoint has as content that.
Result<std::vector<Loose>> takeContents(const StateReader& state, const KeyGroupSet& own,
                                        std::vector<SavedPageFile>& saved) {
    std::vector<Loose> loose;
    RW_TRY_ASSIGN(const auto contents, state.keyed(kPage));
    for (const auto& [group, record] : contents) {
        if (!own[static_cast<std::size_t>(group)]) continue;
        RW_TRY_ASSIGN(const std::string_view fields, record.bytes(kFieldsOfPage));
        if (!record.has(kRunOfContent)) {
            loose.push_back({group, fields});
            continue;
        }
        RW_TRY_ASSIGN(const std::string_view name, record.bytes(kRunOfContent));
        RW_TRY_ASSIGN(const std::uint64_t section, record.u64(kSectionOfContent));
        for (SavedPageFile& each : saved) {
            if (each.name == name && each.groups[static_cast<std::size_t>(group)])
                each.content[group][section] = fields;
        }
    }
    return loose;
}

Status takeFiles(const StateReader& state, std::vector<SavedPageFile>& saved) {
    RW_TRY_ASSIGN(const auto files, state.files());
    for (const auto& [field, record] : files) {
        if (field != kPage) continue;
        RW_TRY_ASSIGN(const SavedRun run, SavedRun::read(record));
        for (SavedPageFile& each : saved) {
            if (each.name != run.name) continue;
            each.file = run;
            keepSections(*each.file, each.groups);
        }
    }
    for (const SavedPageFile& each : saved) {
        if (each.groups.any() && !each.file && each.content.empty()) return brokenState("a file of pages");
    }
    return {};
}

/// Groups of whose pages not all is in files.
KeyGroupSet groupsWithContent(const std::vector<SavedPageFile>& saved, const std::vector<Loose>& loose) {
    KeyGroupSet groups;
    for (const Loose& each : loose) groups.set(static_cast<std::size_t>(each.group));
    for (const SavedPageFile& each : saved) {
        for (const auto& content : each.content) groups.set(static_cast<std::size_t>(content.first));
    }
    return groups;
}

/// Adds what these sections have to pages in memory.
Status readSections(const SavedRuns& files, SavedRun run, PageFiles& pages) {
    if (run.sections.empty()) return {};
    PageFiles read(nullptr, 0);
    read.adopt(files.open(std::move(run)));
    for (int group = 0; group < kKeyGroups; ++group) {
        if (!read.has(group)) continue;
        RW_TRY_ASSIGN(const std::string fields, read.read(group));
        pages.append(group, fields);
    }
    return {};
}

}  // namespace

void FrozenPages::writeRest(StateWriter& out) const {
    out.u64(kPaged, m_pages.files.size());
    m_watermarks.write(out);
    for (const PageFiles::Fixed::File& file : m_pages.files) {
        out.record(kPageFile, kPagedVersion, [&file](StateWriter& record) {
            record.bytes("name", file.run->saved().name);
            record.bytes("groups", packedKeyGroups(file.groups));
        });
    }
}

Result<bool> FrozenPages::writePiece(StateWriter& out) {
    const std::size_t end = out.size() + kPieceBytes;
    for (; !m_namesFiles && m_file < m_pages.files.size(); ++m_file, m_section = 0) {
        const SortedRun& run = *m_pages.files[m_file].run;
        if (out.size() < end) RW_TRY(writeContent(run, kPage, m_section, end - out.size(), out));
        if (m_section < run.sections().size()) return true;
    }
    for (; m_inMemory < m_pages.inMemory.size(); ++m_inMemory) {
        if (out.size() >= end) return true;
        const PageFiles::Fixed::InMemory& page = m_pages.inMemory[m_inMemory];
        out.keyed(kPage, page.group, kPagedVersion,
                  [&page](StateWriter& record) { record.bytes(kFieldsOfPage, *page.fields); });
    }
    for (; m_row < m_queued.size(); ++m_row) {
        if (out.size() >= end) return true;
        const auto& [rows, groups] = m_queued[m_row];
        rows->write(kQueued, groups, out);
    }
    return false;
}

std::vector<NamedRun> FrozenPages::files() const {
    std::vector<NamedRun> files;
    for (const PageFiles::Fixed::File& file : m_pages.files) files.push_back({kPage, file.run});
    return files;
}

std::map<std::string, std::uint64_t> FrozenPages::named() const {
    std::map<std::string, std::uint64_t> named;
    for (const PageFiles::Fixed::File& file : m_pages.files) named[file.run->saved().name] += file.bytes;
    return named;
}

bool isPagedState(const StateReader& state) {
    return state.has(kPaged);
}

Result<RestOfPages> readPages(const StateReader& state, const KeyGroupSet& own,
                              std::span<const PagedPort> ports, const SavedRuns& files,
                              std::shared_ptr<SpillFolder> folder, PageFiles& pages) {
    RW_TRY_ASSIGN(std::vector<SavedPageFile> saved, savedFiles(state, own));
    RW_TRY_ASSIGN(const std::vector<Loose> loose, takeContents(state, own, saved));
    RW_TRY(takeFiles(state, saved));
    const KeyGroupSet toRead = groupsWithContent(saved, loose);
    for (SavedPageFile& each : saved) {
        for (const auto& [group, sections] : each.content) {
            for (const auto& [section, fields] : sections) pages.append(group, fields);
        }
        if (!each.file || each.file->sections.empty()) continue;
        if (files.folder.empty()) return brokenState("a file of no folder");
        SavedRun some = *each.file;
        keepSections(some, toRead);
        RW_TRY(readSections(files, some, pages));
        keepSections(*each.file, ~toRead);
        if (each.file->sections.empty()) continue;
        if (folder) {
            Result<std::unique_ptr<SortedRun>> taken =
                SortedRun::takeOver(folder, files.pathOf(*each.file), *each.file);
            if (taken.ok()) {
                pages.adopt(*std::move(taken));
                continue;
            }
            if (!folder->isOptional()) return taken.status();
            folder.reset();  // so pieces of a page stay in their order
        }
        RW_TRY(readSections(files, *each.file, pages));
    }
    for (const Loose& each : loose) pages.append(each.group, each.fields);
    RW_TRY_ASSIGN(const std::vector<StateReader> records, state.records(kQueued));
    RestOfPages rest;
    RW_TRY_ASSIGN(rest.watermarks, InputWatermarks::read(state));
    for (const StateReader& record : records) {
        RW_TRY_ASSIGN(QueuedRowsRef rows, QueuedRows::read(record, own, ports));
        if (rows->any()) rest.queued.push_back(std::move(rows));
    }
    return rest;
}

}  // namespace rw

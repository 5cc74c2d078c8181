// What a checkpoint says of a sorted run whose file it names in place of its content.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/output_files.h"
#include "core/base/status.h"
#include "core/data/state_reader.h"

namespace rw {

/// Bytes of one key group, which may have several sections; keys of a run are in one of them alone.
struct RunSection {
    int keyGroup = 0;
    std::uint32_t items = 0;  ///< as the writer said
    std::uint64_t offset = 0, size = 0;
    std::uint64_t checksum = 0;
    bool operator==(const RunSection&) const = default;
};

/// The table of contents of a file. Its checksum is that of the part of the checkpoint in which it stands.
struct SavedRun {
    std::string name{};  ///< of these sections: the same name is the same content
    /// Of the file in the folder of the checkpoints: the name for all of its sections, whoever wrote it.
    std::string file{};
    std::uint64_t fileBytes = 0;
    /// Those of the instance whose state it is: others may have others of the same file. They ascend.
    std::vector<RunSection> sections{};

    std::uint64_t bytes() const;  ///< of the sections
    /// As a field of that name.
    void write(std::string_view field, StateWriter& out) const;
    /// An error where it contradicts itself, or its name is none of a file here.
    static Result<SavedRun> read(const StateReader& record);
};

/// The name for these sections.
std::string runName(const std::vector<RunSection>& sections);
/// Whether the name of a file, without its folder, is one that runName() gives.
bool isRunName(std::string_view name);

class SortedRun;

/// Files beside the checkpoints from which a run resumes. Copied freely; any thread.
struct SavedRuns {
    std::string folder{};  ///< empty: there are none
    std::shared_ptr<OutputFiles> files{};

    std::string pathOf(const SavedRun& run) const { return folder + '/' + run.file; }
    /// To be read where it is.
    std::unique_ptr<SortedRun> open(SavedRun run) const;
};

/// The fields in which a keyed record of writeContent() says of which run it is, and of which section.
inline constexpr std::string_view kRunOfContent = "run", kSectionOfContent = "section";
/// Writes the content of a run in the place of SavedRun::write(), as keyed records of that name: from section
/// `next` on about so many bytes, after which it is that behind them. Each section is a record itself. Any
/// thread.
Status writeContent(const SortedRun& run, std::string_view field, std::size_t& next, std::size_t bytes,
                    StateWriter& out);

}  // namespace rw

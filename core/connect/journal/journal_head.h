// The file of a journal that says which of its segments count, and how far it was read for good.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "core/base/output_files.h"

namespace rw {

struct JournalHead {
    std::string id{};                ///< which journal it is: positions in another one mean nothing
    std::uint64_t firstSegment = 1;  ///< those before it are dropped
    std::uint64_t settled = 0;       ///< number of the first message that no checkpoint has had yet
};

/// Replaces the file as a whole; outlives a loss of power.
Status writeJournalHead(OutputFiles& files, const std::string& path, const JournalHead& head);
/// Nothing: there is none. An error where it is broken.
Result<std::optional<JournalHead>> readJournalHead(const OutputFiles& files, const std::string& path);

}  // namespace rw

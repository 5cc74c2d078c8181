// The state of a node in parts, so that a checkpoint writes only those that have changed.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/store/saved_run.h"

namespace rw {

/// Cuts the bytes of StateWriter::finish(); the parts follow each other without gaps and are the state again. A
/// part holds the records of a few key groups, fewer the larger the state is, or fields that belong to none;
/// small ones are put together. The content decides where a part begins, so that a record that grows, comes or
/// goes moves only the parts around it. Bytes of another kind are one part.
std::vector<std::string_view> partsOf(std::string_view state);

/// The file that a part of these names in place of content, which is a part of its own; nothing: it names
/// none.
std::optional<SavedRun> runIn(std::string_view part);

/// 16 bytes that stand for the content: XXH3, 128 bits. Also its checksum.
std::string contentHash(std::string_view bytes);

}  // namespace rw

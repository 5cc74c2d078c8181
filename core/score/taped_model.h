// The model of a run on its tape: as the table of a lookup whose rows are pieces of the file, so that a
// replay scores with the same model, whatever the file is then.
#pragma once
#include <optional>
#include <string>

#include "core/stream/recording/tape.h"

namespace rw::score {

/// As the tape knows the model of a node.
TapeLookup tapedModelOf(const NodeId& node);

/// While the run is under way: puts the bytes on the tape, as lookup `lookup`. All are queued at once.
void recordModel(LookupRecorder& tape, std::size_t lookup, std::string_view bytes, Instant readAt);

/// Before the run: the bytes on the tape; nothing, where no model is on it. Waits for the disk.
Result<std::optional<std::string>> modelOnTape(const TapePlayer& tape, const NodeId& node);

}  // namespace rw::score

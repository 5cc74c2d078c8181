// Answers as bytes, and back.
#pragma once
#include <string_view>
#include <vector>

#include "core/data/state_writer.h"
#include "core/stream/waiting/answers.h"

namespace rw {

/// Adds a record for them, one of many.
void saveAnswers(StateWriter& out, const Answers& answers);
/// Those of a payload.
Result<std::vector<Answers>> loadAnswers(std::string_view payload);

}  // namespace rw

// Texts that people read (why a row is bad, why a run failed) as bytes, and back.
#pragma once
#include <string_view>

#include "core/base/text.h"
#include "core/data/state_reader.h"

namespace rw {

void saveText(StateWriter& out, std::string_view name, const Text& text);
/// Empty where there is none. Its words are translated as those of the version that wrote them, as far as
/// this one has them.
Result<Text> loadText(const StateReader& in, std::string_view name);

void saveStatus(StateWriter& out, std::string_view name, const Status& status);
/// The status itself is in `loaded`; success where there is none.
Status loadStatus(const StateReader& in, std::string_view name, Status& loaded);

}  // namespace rw

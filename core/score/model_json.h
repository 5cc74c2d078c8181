// Models as JSON: the format of resources/help/en/score_models.md, version 1.
#pragma once
#include <string_view>

#include "core/score/model.h"

namespace rw::score {

/// The number behind "rillwright_model".
inline constexpr int kModelVersion = 1;

/// What comes before the numbers: the beginning of a file is enough where it holds all of that.
Result<ModelHead> readJsonHead(std::string_view text);

/// The whole. An error says the line and the column.
Result<ModelRef> loadJsonModel(std::string_view text);

}  // namespace rw::score

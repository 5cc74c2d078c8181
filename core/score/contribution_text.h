// Contributions of features as the text of a column.
#pragma once
#include "core/score/model.h"

namespace rw::score {

/// A column STRING: an object of JSON per row, the bias first: {"(bias)":0.31,"price":-0.04}.
ColumnRef contributionTexts(const ModelHead& head, const Contributions& contributions);

}  // namespace rw::score

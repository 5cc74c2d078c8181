// The live part of a card from a sample in place of a run: counts, and the share of rows that were kept.
#pragma once
#include "core/look/look_counts.h"
#include "widgets/canvas/cards/card_model.h"
#include "widgets/canvas/cards/metrics_painter.h"

namespace rw::ui {

/// `cut`: the sample ended before all of its rows went through; sources say so. `silent`: it is a live source
/// of which no rows are known.
CardLive sampledLive(const LookedCounts& counts, const CardModel& card, bool cut, bool silent = false);

}  // namespace rw::ui

// The live part of a card from the run that is shown, or from the last one: rates, or totals once it is over.
#pragma once
#include "core/pipeline/validate.h"
#include "widgets/canvas/cards/card_model.h"
#include "widgets/canvas/cards/metrics_painter.h"

namespace rw::ui {

/// `kind` and `typed` are of the card's node, by the path that it has in the run; null: not known.
CardLive runLive(const RunSession& session, const CardModel& card, const NodeKind* kind,
                 const TypedNode* typed);

}  // namespace rw::ui

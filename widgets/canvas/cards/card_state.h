// The state of a card: its dot, its badge and the one strip with the most serious thing to say.
#pragma once
#include "widgets/canvas/cards/card_facts.h"

namespace rw::ui {

/// Backpressure from which a wire is drawn amber, and from which cards and labels give the share.
inline constexpr double kBackpressureSeen = 0.10;
inline constexpr double kReportedBackpressure = 0.25;

/// It may take only `facts` from the run, and texts whose number or presence `facts` tell: by them it is known
/// when a card has changed.
void fillState(CardModel& card, const PipelineDocument& document, const RunSession& session,
               const CardFacts& facts);

}  // namespace rw::ui

// The state of a node in a run that its card shows in words, as figures: while they stay the same so does the
// card, and need not be put together again to find that out. Rates and pictures are not among them.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/text.h"
#include "core/diagnose/live_state.h"
#include "core/runtime/stepping/until.h"
#include "widgets/canvas/cards/card_model.h"
#include "widgets/session/alert_feed.h"

namespace rw::ui {

struct CardFacts {
    DotState dot = DotState::Idle;
    std::uint64_t late = 0, rejected = 0;  ///< while it runs
    bool lateAtLeast = false;              ///< there may be more late rows
    std::uint64_t nullDropped = 0;         ///< rows for which its condition was NULL
    std::uint64_t notes = 0;               ///< how many things it said
    int backpressure = 0;                  ///< percent at its slowest output; 0: too little to tell
    bool slow = false;                     ///< others wait for it
    bool failed = false;                   ///< the run broke at it
    int restartsIn = -1;                   ///< seconds, after the run broke at it; -1: it does not
    bool refused = false;                  ///< it has issues, and a run was asked for
    Text finding{};                        ///< the most important finding; empty: none
    bool waits = false;                    ///< by that nothing is wrong, it waits
    bool behind = false;                   ///< by that one of its inputs is behind
    LiveState state = LiveState::Live;     ///< by which `finding` waits for the outside world
    QString out{};                         ///< that state, and for how long
    Guarantee guarantee{};                 ///< of a sink or source with a connection
    AlertCounts alerts{};                  ///< of an alert node: those that are not over
    std::vector<Breakpoint> breakpoints{};
    std::optional<Breakpoint> standsAt{};  ///< one of them, to which rows came
    bool operator==(const CardFacts&) const = default;
};

/// `wires` is of the document's pipeline as it is now.
CardFacts factsOf(const PipelineDocument& document, const RunSession& session, const WireIndex& wires,
                  const NodeId& node);

}  // namespace rw::ui

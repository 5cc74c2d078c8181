// What an alert rule was from one event time to the next, as a line of states.
#pragma once
#include <vector>

#include "core/stream/alerts/alert_board.h"

namespace rw::ui {

/// The worst state of the keys of a rule, the worse the later.
enum class RuleSign {
    Fine,
    Spared,   ///< the condition held, but not for long enough
    Waiting,  ///< the same, and it may come to an alert
    Quiet,    ///< no data
    Raised
};

struct AlertSpan {
    RuleSign sign = RuleSign::Fine;
    Instant from = 0, to = 0;  ///< event time
    bool goesOn = false;       ///< it may, for the rule was judged no further
    bool operator==(const AlertSpan&) const = default;
};

/// In the order of time, each after the one before; where nothing is known of the rule there is none.
/// `judged`: of now, which may be later than the look.
std::vector<AlertSpan> alertSpans(const AlertBoard::Look& look, const NodeId& rule,
                                  const AlertBoard::Judged& judged);

}  // namespace rw::ui

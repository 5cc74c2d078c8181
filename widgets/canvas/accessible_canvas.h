// The canvas for screen readers: nodes with their ports, then wires, then comments, each with a sentence on
// its meaning and its state.
#pragma once

namespace rw::ui {

/// Once per program is enough; more does no harm.
void installAccessibleCanvas();

}  // namespace rw::ui

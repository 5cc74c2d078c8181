// A late or rejected row that a run kept, as a row that somebody may ask about.
#pragma once
#include <optional>

#include "core/pipeline/node_kind.h"
#include "core/runtime/metrics/metrics.h"
#include "widgets/pane/shows_rows.h"

namespace rw::ui {

/// The row at the late or rejected port of its node, or where it has no such port, at the output that it came
/// from. Nothing: there is no way to find it again. `told`: why it was late or rejected.
std::optional<ShownRow> shownRow(const Pipeline& pipeline, const Catalogue& catalogue, const KeptRow& row,
                                 const QString& told);

}  // namespace rw::ui

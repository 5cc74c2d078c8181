// What stands where a chart or a table will be, while there is nothing to show.
#pragma once
#include <QString>

#include "widgets/document/running/run_session.h"

namespace rw::ui {

/// “Run to see data”, “No rows yet”, “No rows for 12 s”, “No rows in the last run”; and why, where that is
/// known: “Busy: 0 of 16 240 rows match”, “The rows stay on the cluster”.
QString silenceText(const RunSession& session, const NodeId& node);

}  // namespace rw::ui

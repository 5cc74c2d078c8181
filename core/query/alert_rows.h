// The alerts of a run as a table of SQLite.
#pragma once
#include <memory>
#include <string>

#include "core/query/live_rows.h"
#include "core/stream/alerts/alert_board.h"

namespace rw {

/// The table that asks them, unless a node has this name.
inline constexpr std::string_view kAlertsTable = "alerts";

/// A row for each alert that is on the board, the newest first.
Batch alertRows(const AlertBoard::Look& look);

/// The table of the board's alerts, as they are once a statement reads it; empty where the board is gone by
/// then.
LiveRows liveAlerts(std::string table, std::weak_ptr<const AlertBoard> board);

}  // namespace rw

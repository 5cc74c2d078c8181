// What the command line says of the alerts of a run.
#pragma once
#include "core/stream/alerts/alert_board.h"

namespace rw::cli {

/// The run is over: waits for a moment for those who are still to be told, not after a signal, and says on
/// standard error which alerts are open, and whom nobody could tell.
void finishAlerts(AlertBoard& alerts);

}  // namespace rw::cli

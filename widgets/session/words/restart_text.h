// The text for a run that waits to be restarted after a failure.
#pragma once
#include <QString>

#include "core/runtime/metrics/metrics.h"

namespace rw::ui {

/// Whole seconds until the next try, at least 1; -1: the run waits for none.
int secondsToRestart(const RestartMetrics& restart);

/// “Restarting in 4 s, try 2 of 10: “out.sqlite” is locked.”; empty where the run waits for no try. A cause
/// longer than `most` characters is cut; 0: it is left away.
QString restartText(const RestartMetrics& restart, int most);

}  // namespace rw::ui

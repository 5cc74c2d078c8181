// What a run has kept of its input by itself, in words.
#pragma once
#include <QString>

namespace rw::ui {

class RunSession;

/// “11:32:05 to now, 84 MiB”, of the run, the last one when none is active; empty: nothing is kept.
QString keptInputText(const RunSession& session);
/// Why nothing more is kept of the run's input; empty: there is no reason.
QString keptInputTrouble(const RunSession& session);

}  // namespace rw::ui

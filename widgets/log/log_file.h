// Where the program's log is on disk, and Qt's own messages for it.
#pragma once
#include <spdlog/logger.h>

#include "widgets/pane/log_book.h"

namespace rw::ui {

/// ~/.local/state/rillwright/rillwright.log, or where XDG_STATE_HOME says.
QString logFilePath();

/// Opens that file at its end, making its folder. A few files of 1 MB are kept, the oldest goes.
LogFile openLogFile();

/// From now on Qt's own messages go to `logger`, and from warnings up still to the terminal, until
/// endQtMessages(). Of several loggers, as each tab has one, the newest gets them.
void logQtMessages(std::shared_ptr<spdlog::logger> logger);
void endQtMessages(const std::shared_ptr<spdlog::logger>& logger);

}  // namespace rw::ui

// Where the program's log is on disk, and Qt's own messages for it.
#pragma once
#include <spdlog/logger.h>

#include "widgets/pane/log_book.h"

namespace rw::ui {

/// ~/.local/state/rillwright/rillwright.log, or where XDG_STATE_HOME says.
QString logFilePath();

/// Opens that file at its end, making its folder. A few files of 1 MB are kept, the oldest goes.
LogFile openLogFile();

/// From now on Qt's own messages go to `logger`, and from warnings up still to the terminal. Null ends that.
void logQtMessages(std::shared_ptr<spdlog::logger> logger);

}  // namespace rw::ui

// The program's log on disk: what runs said, with the codes of errors, and what Qt complains of. Bounded, and
// kept from one start to the next.
#pragma once
#include <spdlog/logger.h>

#include <QString>
#include <memory>

namespace rw::ui {

struct LogFile {
    QString path;
    spdlog::sink_ptr sink;  ///< null: can't be written, `failure` says why in the words of the system
    QString failure{};
};

/// ~/.local/state/rillwright/rillwright.log, or where XDG_STATE_HOME says.
QString logFilePath();

/// Opens that file at its end, making its folder. A few files of 1 MB are kept, the oldest goes.
LogFile openLogFile();

/// From now on Qt's own messages go to `logger`, and from warnings up still to the terminal. Null ends that.
void logQtMessages(std::shared_ptr<spdlog::logger> logger);

}  // namespace rw::ui

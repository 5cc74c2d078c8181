// One line of the Log panel.
#pragma once
#include <QDateTime>
#include <QString>

#include "core/base/text.h"

namespace rw::ui {

enum class LogLevel { Debug, Info, Warning, Error };

struct LogEntry {
    QDateTime time;
    LogLevel level = LogLevel::Info;
    QString node;   ///< id of the node it is about; empty: the whole run, or the program
    QString title;  ///< the node's name at that time
    Text text;      ///< translated when it is shown; empty: `plain` holds the words
    Text mend;      ///< follows the text
    QString plain;  ///< a finished line of a library or of the program itself, in English

    QString words() const;  ///< in the language of the interface
};

}  // namespace rw::ui

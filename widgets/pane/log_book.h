// The log of the window, for all that has a line for it besides runs. The feature Log keeps the lines, in its
// panel and in a file.
#pragma once
#include <QObject>
#include <QString>
#include <memory>

#include "core/base/status.h"
#include "core/base/text.h"

namespace spdlog::sinks {
class sink;
}

namespace rw::ui {

/// The program's log on disk: messages of runs, with the codes of errors, and Qt's warnings. Bounded, and
/// kept from one start to the next.
struct LogFile {
    QString path{};
    std::shared_ptr<spdlog::sinks::sink> sink{};  ///< null: can't be written
    QString failure{};                            ///< why it can't, in the words of the system
};

/// On the GUI thread.
class LogBook : public QObject {
    Q_OBJECT
 public:
    using QObject::QObject;

    /// Something to know.
    void note(const Text& line) { Q_EMIT noted(line); }
    /// Something outside of runs went wrong; the person is told elsewhere.
    void record(const Error& error) { Q_EMIT recorded(error); }
    /// From now on everything goes to that file as well; where it can't be written, the panel says why.
    void writeTo(const LogFile& file) { Q_EMIT fileChosen(file); }

 Q_SIGNALS:
    void noted(const rw::Text& line);
    void recorded(const rw::Error& error);
    void fileChosen(const rw::ui::LogFile& file);
};

}  // namespace rw::ui

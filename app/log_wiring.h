// The messages for the Log panel and the log file besides those of runs: files that could not be read or
// written, Qt's own warnings.
#pragma once
#include <spdlog/logger.h>
#include <QObject>
#include <QString>
#include <memory>

#include "core/base/text.h"

namespace rw::ui {

class FileActions;
class LogPanel;
struct Panes;

/// The program's log on disk: messages of runs, with the codes of errors, and Qt's warnings. Bounded,
/// and kept from one start to the next.
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

class LogWiring : public QObject {
    Q_OBJECT
 public:
    /// `parent` owns all three.
    LogWiring(const Panes& panes, FileActions& files, QObject* parent);
    ~LogWiring() override;

    /// From now on everything goes to the file as well; when it can't be written the panel says why.
    void writeTo(const LogFile& file);
    /// A line for the panel and the file.
    void note(const Text& text);
    /// Puts the panel in front: its last line must be seen now.
    void see();

 private:
    LogPanel& m_panel;
    bool m_listening = false;  ///< to Qt
};

}  // namespace rw::ui

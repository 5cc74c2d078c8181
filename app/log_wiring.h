// What goes to the Log panel and to the log file: runs, files that could not be read or written, Qt's own
// complaints.
#pragma once
#include <QObject>

#include "app/log_file.h"

namespace rw::ui {

class FileActions;
class LogPanel;
class LogRecorder;
class RunSession;

class LogWiring : public QObject {
    Q_OBJECT
 public:
    LogWiring(RunSession& session, FileActions& files, LogPanel& panel, QObject* parent);
    ~LogWiring() override;

    /// From now on everything goes to the file as well; when it can't be written the panel says why.
    void writeTo(const LogFile& file);

 private:
    LogPanel& m_panel;
    LogRecorder* m_recorder;
    bool m_listening = false;  ///< to Qt
};

}  // namespace rw::ui

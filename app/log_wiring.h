// What goes to the Log panel and to the log file besides what runs say: files that could not be read or
// written, Qt's own complaints.
#pragma once
#include <QObject>

#include "app/log_file.h"

namespace rw::ui {

class FileActions;
class LogPanel;
struct Panes;

class LogWiring : public QObject {
    Q_OBJECT
 public:
    /// `parent` owns all three.
    LogWiring(const Panes& panes, FileActions& files, QObject* parent);
    ~LogWiring() override;

    /// From now on everything goes to the file as well; when it can't be written the panel says why.
    void writeTo(const LogFile& file);

 private:
    LogPanel& m_panel;
    bool m_listening = false;  ///< to Qt
};

}  // namespace rw::ui

// Whether the file of the document is still there: another program may delete or move it. A thread in the
// background looks, for a disk may answer late or never; so nothing watches through the kernel.
#pragma once
#include <QObject>
#include <QTimer>

#include "widgets/document/pipeline_document.h"

namespace rw::ui {

class FileWatch : public QObject {
    Q_OBJECT
 public:
    static constexpr int kInterval = 2000;  ///< milliseconds between looks while the program is in use

    FileWatch(PipelineDocument& document, QObject* parent);

    /// Tells the document later what is found; nothing while an earlier look at the same file is under way.
    void look();

 private:
    PipelineDocument& m_document;
    QTimer m_timer;
    QString m_asked{};  ///< the file that is being looked at
};

}  // namespace rw::ui

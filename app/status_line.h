// The status bar: engine, or the job on a cluster, the newest checkpoint and memory at the left; selection,
// zoom and language at the right.
#pragma once
#include <QStatusBar>
#include <QTimer>

#include "widgets/session/run_session.h"

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace rw::ui {

class ClusterSession;
class ElidedLabel;

class StatusLine : public QStatusBar {
    Q_OBJECT
 public:
    /// All must outlive it. `cluster`: of which it speaks while the session shows it.
    StatusLine(PipelineDocument& document, RunSession& session, const ClusterSession& cluster,
               QWidget* parent = nullptr);

    void setZoom(double factor);
    void setZoomable(bool zoomable);  ///< there is something to zoom in sight
    /// Shows a small part of a feature, right of the last message.
    void addPart(QWidget* part);
    void retranslate();
    /// A message on the last action; it goes by itself.
    void tell(const QString& words);

 Q_SIGNALS:
    void zoomStepRequested(int steps);
    void zoomResetRequested();
    void languageRequested();

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void refreshSelection();
    void refreshRun();
    void refreshCheckpoint();

    PipelineDocument& m_document;
    RunSession& m_session;
    const ClusterSession& m_cluster;
    QLabel *m_engine, *m_memory, *m_selection;
    ElidedLabel *m_checkpoint, *m_told;
    QPushButton *m_zoom, *m_language;
    QHBoxLayout* m_parts = nullptr;  ///< of features
    QTimer m_telling;
    int m_frames = 0;
};

}  // namespace rw::ui

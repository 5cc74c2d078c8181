// Tells a person how the job on a cluster does, whatever is in front: that it was refused, that its cluster
// is silent, that it goes on without the window.
#pragma once
#include <QObject>
#include <QTimer>
#include <functional>
#include <vector>

#include "core/pipeline/issue.h"

namespace rw::ui {

class ClusterSession;
class LogBook;
class PipelineDocument;

class JobNews : public QObject {
    Q_OBJECT
 public:
    using Tell = std::function<void(const QString& words)>;

    /// All must outlive it. `tell` says words in the status bar.
    JobNews(PipelineDocument& document, ClusterSession& cluster, LogBook& log, Tell tell);

    /// The window is about to go: jobs that go on without it are noted.
    void noteClosing();

 Q_SIGNALS:
    /// What the cluster of that name has against the document; nothing: it would take it.
    void judged(const QString& target, const std::vector<rw::Issue>& refusals);

 private:
    void onState();
    void onLook();
    void tellSilence();
    bool isSilent() const;
    void onChecked(bool good, const std::vector<Issue>& issues);
    QString name() const;

    PipelineDocument& m_document;
    ClusterSession& m_cluster;
    LogBook& m_log;
    const Tell m_tell;
    bool m_refused = false;  ///< the last deployment, and that was told
    bool m_goesOnTold = false;
    bool m_silent = false;       ///< when it was looked at last
    bool m_silenceTold = false;  ///< of the job that is shown
    QTimer m_silence;            ///< a request that is lost now and then is nothing to tell
};

}  // namespace rw::ui

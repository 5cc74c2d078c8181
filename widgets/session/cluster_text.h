// The texts on a run on a cluster in the tool bar, in the status bar and in questions.
#pragma once
#include <QDateTime>
#include <QString>

#include "widgets/session/pill_text.h"

namespace rw::ui {

class ClusterSession;

/// The name of the target that the document is for, fit to be shown; empty: there is none.
QString targetNameOf(const ClusterSession& cluster);

/// How the job does; `session` shows the cluster's run. While its figures age it says how old they are.
PillText clusterPill(const RunSession& session, const ClusterSession& cluster,
                     const PipelineDocument& document, const QDateTime& now = QDateTime::currentDateTime());

/// “staging · Flink · job 1a2b3c4d · checkpoint 12, 4 s ago”.
QString clusterEngineText(const ClusterSession& cluster, const QDateTime& now = QDateTime::currentDateTime());

}  // namespace rw::ui

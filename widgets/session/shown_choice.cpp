#include "widgets/session/shown_choice.h"

#include "widgets/session/cluster_session.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

ShownChoice::ShownChoice(RunSession& session, ClusterSession& cluster, QObject* parent)
    : QObject(parent), m_session(session), m_cluster(cluster) {
    connect(&cluster, &ClusterSession::targetChanged, this, &ShownChoice::refresh);
    // Later than all others hear that the own run has ended: they ask the session how.
    connect(&session, &RunSession::stateChanged, this, &ShownChoice::refresh, Qt::QueuedConnection);
    refresh();
}

// An own run is shown to its end, for any choice meanwhile.
void ShownChoice::refresh() {
    ClusterSession* wanted = m_cluster.target() ? &m_cluster : nullptr;
    if (wanted == m_session.shown()) return;
    if (wanted != nullptr && m_session.isActive()) return;
    m_session.show(wanted);
}

void ShownChoice::runHere() {
    m_session.show(nullptr);
    m_session.start();
}

}  // namespace rw::ui

#include "widgets/clusters/clusters_feature.h"

#include <QGuiApplication>

#include "widgets/clusters/cluster_commands.h"
#include "widgets/clusters/compare_panel.h"
#include "widgets/clusters/deploy_flow.h"
#include "widgets/clusters/jobs_panel.h"
#include "widgets/clusters/portability_panel.h"
#include "widgets/clusters/targets_page.h"
#include "widgets/session/cluster_session.h"
#include "widgets/session/target_list.h"

namespace rw::ui {

ClustersFeature::ClustersFeature(const FeatureParts& parts)
    : m_parts(parts),
      m_jobs(parts.document, parts.targets, parts.cluster, parts.secrets.read, &parts.window),
      m_compare(parts.document, parts.secrets.read, &parts.window),
      m_news(parts.document, parts.cluster, parts.log, parts.tell),
      m_commands(new ClusterCommands(parts.document, parts.session, parts.targets, parts.cluster, m_jobs,
                                     &parts.window)) {
    m_compare.setConsent(&parts.consent);
    DeployFlow& flow = m_commands->flow();
    flow.setConsent(&parts.consent);
    flow.setSaving(parts.save);
    QObject::connect(&flow, &DeployFlow::told, &m_news, parts.tell);
    // A note says why: it must be seen now.
    QObject::connect(&parts.cluster, &ClusterSession::stopFailed, &m_news, [see = parts.see] { see("log"); });
    // Another window, or the command line, may have changed them meanwhile.
    QObject::connect(qApp, &QGuiApplication::applicationStateChanged, &m_jobs,
                     [this](Qt::ApplicationState state) {
                         if (state != Qt::ApplicationActive) return;
                         m_parts.targets.reload();
                         m_jobs.refresh();
                     });
}

std::vector<Pane*> ClustersFeature::panels() {
    const PaneParts parts{m_parts.document, m_parts.session, m_parts.charts};
    auto* portability = new PortabilityPanel(parts);
    QObject::connect(&m_news, &JobNews::judged, portability, &PortabilityPanel::setRefusals);
    auto* jobs = new JobsPanel(parts, m_jobs, m_parts.cluster, m_parts.targets);
    QObject::connect(jobs, &JobsPanel::watchRequested, m_commands, &ClusterCommands::watchJob);
    QObject::connect(jobs, &JobsPanel::cancelRequested, m_commands, &ClusterCommands::cancelJob);
    QObject::connect(jobs, &JobsPanel::stopRequested, m_commands, &ClusterCommands::stopJob);
    QObject::connect(jobs, &JobsPanel::resumeRequested, m_commands, &ClusterCommands::resumeJob);
    auto* compare = new ComparePanel(parts, m_compare, m_parts.targets, m_parts.cluster);
    QObject::connect(compare, &ComparePanel::told, &m_news, m_parts.tell);
    QObject::connect(compare, &ComparePanel::targetsRequested, &m_news,
                     [open = m_parts.preferences] { open("targets"); });
    return {portability, jobs, compare};
}

std::vector<PreferencesPage*> ClustersFeature::preferencesPages() {
    return {new TargetsPage(m_parts.targets, m_parts.secrets)};
}

void ClustersFeature::addActions(ActionRegistry& registry) {
    m_commands->addActions(registry);
}

RunElsewhere* ClustersFeature::runElsewhere() {
    return m_commands;
}

void ClustersFeature::retranslate() {
    m_commands->retranslate();
}

void ClustersFeature::closing() {
    m_compare.cancel();
    m_news.noteClosing();
}

}  // namespace rw::ui

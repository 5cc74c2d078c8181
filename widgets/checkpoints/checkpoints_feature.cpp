#include "widgets/checkpoints/checkpoints_feature.h"

#include <QGuiApplication>

#include "widgets/checkpoints/checkpoint_flow.h"
#include "widgets/checkpoints/checkpoints_panel.h"
#include "widgets/checkpoints/resume_action.h"
#include "widgets/pane/action_registry.h"

namespace rw::ui {

CheckpointsFeature::CheckpointsFeature(const FeatureParts& parts)
    : m_parts(parts),
      m_list(parts.document, parts.session),
      m_flow(new CheckpointFlow(parts.document, parts.session, m_list, &parts.window)),
      m_resume(new ResumeAction(parts.document, parts.session, m_list, &parts.window)) {
    QObject::connect(m_resume, &QAction::triggered, m_flow, &CheckpointFlow::resume);
    QObject::connect(m_flow, &CheckpointFlow::told, m_flow, parts.tell);
    // Another window, or the command line, may have changed them meanwhile.
    QObject::connect(qApp, &QGuiApplication::applicationStateChanged, &m_list,
                     [this](Qt::ApplicationState state) {
                         if (state == Qt::ApplicationActive) m_list.refresh();
                     });
}

std::vector<Pane*> CheckpointsFeature::panels() {
    auto* panel = new CheckpointsPanel({m_parts.document, m_parts.session, m_parts.charts}, m_list);
    QObject::connect(panel, &CheckpointsPanel::startRequested, m_flow, &CheckpointFlow::startFrom);
    QObject::connect(panel, &CheckpointsPanel::keepRequested, m_flow, &CheckpointFlow::keep);
    QObject::connect(panel, &CheckpointsPanel::deleteRequested, m_flow, &CheckpointFlow::remove);
    QObject::connect(panel, &CheckpointsPanel::saveRequested, m_flow, m_parts.save);
    return {panel};
}

void CheckpointsFeature::addActions(ActionRegistry& registry) {
    registry.add(QStringLiteral("checkpoints.resume"), m_resume, MenuPlace{MainMenu::Run, 0});
}

StartAction* CheckpointsFeature::startAction() {
    return m_resume;
}

void CheckpointsFeature::retranslate() {
    m_resume->retranslate();
}

}  // namespace rw::ui

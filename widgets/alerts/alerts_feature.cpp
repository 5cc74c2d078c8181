#include "widgets/alerts/alerts_feature.h"

#include "widgets/alerts/alerts_panel.h"
#include "widgets/alerts/open_alerts_button.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

std::vector<Pane*> AlertsFeature::panels() {
    m_panel = new AlertsPanel({m_parts.document, m_parts.session, m_parts.charts});
    return {m_panel};
}

std::vector<QWidget*> AlertsFeature::statusParts() {
    auto* open = new OpenAlertsButton(m_parts.session.alerts());
    if (m_panel) QObject::connect(open, &QPushButton::clicked, m_panel, &Pane::openRequested);
    return {open};
}

}  // namespace rw::ui

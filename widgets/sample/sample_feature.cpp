#include "widgets/sample/sample_feature.h"

#include "widgets/sample/input_purge.h"
#include "widgets/sample/kept_rows_page.h"
#include "widgets/sample/sample_panel.h"

namespace rw::ui {

std::vector<Pane*> SampleFeature::panels() {
    auto* panel = new SamplePanel({m_parts.document, m_parts.session, m_parts.charts}, &m_parts.consent);
    auto* purge = new InputPurge(m_parts.document, m_parts.session, m_parts.connections, m_parts.tell, panel);
    QObject::connect(purge, &InputPurge::purged, panel, &SamplePanel::takeAgain);
    QObject::connect(panel, &SamplePanel::keptRowsRequested, panel,
                     [open = m_parts.preferences] { open("kept_rows"); });
    m_panel = panel;
    return {panel};
}

std::vector<PreferencesPage*> SampleFeature::preferencesPages() {
    auto* page = new KeptRowsPage(m_parts.session);
    if (m_panel) QObject::connect(page, &KeptRowsPage::removed, m_panel.data(), &SamplePanel::keptRemoved);
    return {page};
}

}  // namespace rw::ui

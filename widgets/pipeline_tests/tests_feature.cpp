#include "widgets/pipeline_tests/tests_feature.h"

#include "widgets/pipeline_tests/tests_panel.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

std::vector<Pane*> TestsFeature::panels() {
    return {new TestsPanel(
        {m_parts.document, m_parts.session, m_parts.charts},
        {m_parts.tell, m_parts.save, [&session = m_parts.session] { return session.lastTape(); },
         [&session = m_parts.session] { return session.keptInput(); }})};
}

}  // namespace rw::ui

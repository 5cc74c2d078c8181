#include "widgets/lineage/lineage_feature.h"

#include "widgets/lineage/why_panel.h"

namespace rw::ui {

std::vector<Pane*> LineageFeature::panels() {
    return {new WhyPanel({m_parts.document, m_parts.session, m_parts.charts})};
}

}  // namespace rw::ui

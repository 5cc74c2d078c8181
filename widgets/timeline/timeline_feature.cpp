#include "widgets/timeline/timeline_feature.h"

#include "widgets/timeline/timeline_panel.h"

namespace rw::ui {

std::vector<Pane*> TimelineFeature::panels() {
    return {new TimelinePanel({m_parts.document, m_parts.session, m_parts.charts})};
}

}  // namespace rw::ui

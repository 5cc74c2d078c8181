#include "widgets/sample/sample_feature.h"

#include "widgets/sample/sample_panel.h"

namespace rw::ui {

std::vector<Pane*> SampleFeature::panels() {
    return {new SamplePanel({m_parts.document, m_parts.session, m_parts.charts})};
}

}  // namespace rw::ui

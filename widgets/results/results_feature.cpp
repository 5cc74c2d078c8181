#include "widgets/results/results_feature.h"

#include "widgets/results/results_page.h"

namespace rw::ui {

std::vector<Pane*> ResultsFeature::pages() {
    return {new ResultsPage({m_parts.document, m_parts.session, m_parts.charts})};
}

}  // namespace rw::ui

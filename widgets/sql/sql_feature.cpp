#include "widgets/sql/sql_feature.h"

#include "widgets/sql/sql_page.h"

namespace rw::ui {

std::vector<Pane*> SqlFeature::pages() {
    return {new SqlPage({m_parts.document, m_parts.session, m_parts.charts})};
}

}  // namespace rw::ui

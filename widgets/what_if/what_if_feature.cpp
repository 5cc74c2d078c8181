#include "widgets/what_if/what_if_feature.h"

#include "widgets/what_if/what_if_page.h"

namespace rw::ui {

std::vector<Pane*> WhatIfFeature::pages() {
    return {new WhatIfPage({m_parts.document, m_parts.session, m_parts.charts}, m_parts.tell)};
}

}  // namespace rw::ui

#include "core/sql/aggregates/accumulate.h"

namespace rw::sql {

void Results::error(Text reason) {
    m_errors.push_back({static_cast<std::uint32_t>(m_builder.size()), std::move(reason)});
    m_builder.appendNull();
}

Vector Results::finish() {
    Vector out;
    out.column = m_builder.finish();
    if (!m_errors.empty()) out.errors = std::make_shared<const RowErrors>(std::move(m_errors));
    return out;
}

}  // namespace rw::sql

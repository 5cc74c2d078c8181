#include "core/sql/aggregates/state_cells.h"

namespace rw::sql {

void StateFieldsReader::open(std::string_view name) {
    const Result<std::string_view> bytes = m_state.bytes(name);
    if (!bytes.ok() && m_status.ok()) m_status = bytes.status();
    m_fields.emplace_back(bytes.ok() ? *bytes : std::string_view());
}

Status StateFieldsReader::status() const {
    RW_TRY(m_status);
    for (const CellReader& field : m_fields) {
        if (!field.ok() || !field.atEnd()) return brokenState("the state of a group");
    }
    return {};
}

}  // namespace rw::sql

#include "core/views/state_fields.h"

namespace rw {

Status StateFields::read(std::string_view name, bool& field) {
    RW_TRY_ASSIGN(const std::uint64_t found, m_in->u64(name));
    field = found != 0;
    return {};
}

Status StateFields::read(std::string_view name, double& field) {
    RW_TRY_ASSIGN(field, m_in->f64(name));
    return {};
}

Status StateFields::read(std::string_view name, std::string& field) {
    RW_TRY_ASSIGN(field, m_in->bytes(name));
    return {};
}

Status StateFields::read(std::string_view name, ColumnRef& field) {
    RW_TRY_ASSIGN(field, m_in->column(name));
    return {};
}

}  // namespace rw

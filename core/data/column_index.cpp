#include "core/data/column_index.h"

namespace rw {

ColumnIndex::ColumnIndex(const Schema& schema) {
    m_places.reserve(schema.size());
    // Of two columns of a name the first is found, as by Schema::find().
    for (std::size_t i = 0; i < schema.size(); ++i)
        m_places.try_emplace(schema.fields[i].name, static_cast<int>(i));
}

std::optional<int> ColumnIndex::find(std::string_view name) const {
    const auto found = m_places.find(name);
    return found != m_places.end() ? std::optional(found->second) : std::nullopt;
}

}  // namespace rw

// The columns of a schema by their names, for those who look up many of them.
#pragma once
#include <optional>
#include <string_view>
#include <unordered_map>

#include "core/data/schema.h"

namespace rw {

/// Finds what Schema::find() finds, which goes through the names each time: that is quicker for a few of
/// them. The schema must live longer, and stay as it is. Immutable.
class ColumnIndex {
 public:
    explicit ColumnIndex(const Schema& schema);
    std::optional<int> find(std::string_view name) const;

 private:
    std::unordered_map<std::string_view, int> m_places;
};

}  // namespace rw

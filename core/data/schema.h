// The columns of a stream: names and types, in order.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/type.h"

namespace rw {

struct Field {
    std::string name;
    Type type;
    bool operator==(const Field&) const = default;
};

struct Schema {
    std::vector<Field> fields{};

    std::size_t size() const { return fields.size(); }
    /// Index of the column of exactly this name; names are case-sensitive, as in Flink.
    std::optional<int> find(std::string_view name) const;
    bool operator==(const Schema&) const = default;
};

using SchemaRef = std::shared_ptr<const Schema>;

/// The column name nearest to `name` by edit distance, or empty when none is near; for “did you mean”.
std::string nearestName(std::string_view name, const Schema& schema);

}  // namespace rw

// An aggregate call whose parts have types; see core/sql/bind/typed_tree.h.
#pragma once
#include <string>
#include <string_view>

#include "core/sql/bind/typed_tree.h"

namespace rw::sql {

struct TypedAggregate {
    std::string name{};       ///< of the result column
    std::string function{};   ///< upper case: a name of aggregateTable()
    TypedTree argument{};     ///< nothing: COUNT(*)
    TypedTree filter{};       ///< nothing: all rows
    bool distinct = false;    ///< written so; DISTINCT in MIN and MAX stays
    double fraction = 0;      ///< PERCENTILE
    std::string separator{};  ///< LISTAGG
    Type type{};              ///< of the result
};

/// The errors are those of bindAggregate().
Parsed<TypedAggregate> typeAggregate(std::string_view text, const Scope& scope);

}  // namespace rw::sql

// An aggregate as three cells, “AVG(load) AS mean” as AVG, load, mean, and back.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/sql/parse/ast.h"

namespace rw::ui {

/// Where the cells stand in the text; the name may be missing.
struct AggregateCells {
    sql::Span function{}, argument{}, name{};
};

/// Null when the text says more than the cells can: FILTER, a comment, something that is no call.
std::optional<AggregateCells> aggregateCells(std::string_view text);

/// The text of the cells; without a name, without AS.
std::string aggregateText(std::string_view function, std::string_view argument, std::string_view name);

/// What a result is called until a person names it: “n” for COUNT(*), “avg_load” for AVG(load); empty for
/// arguments that are no plain name.
std::string usualName(std::string_view function, std::string_view argument);

}  // namespace rw::ui

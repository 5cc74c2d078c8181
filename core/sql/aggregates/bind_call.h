// Shared by bindAggregate() and typeAggregate(): the checks of one aggregate call.
#pragma once
#include "core/sql/aggregates/aggregates.h"
#include "core/sql/bind/typed_tree.h"

namespace rw::sql {

/// The typed parts of a call.
struct AggregateParts {
    TypedParts argument{}, filter{};
};

/// Binds a call that was parsed from a text of `length` bytes. `parts`: null, or learns its parts' types.
Parsed<BoundAggregate> bindCall(const SelectItem& item, std::size_t length, const Scope& scope,
                                AggregateParts* parts = nullptr);

}  // namespace rw::sql

// Lists of things in the state of a view: a column for each of their parts.
#pragma once
#include <cstdint>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/column.h"
#include "core/data/state_reader.h"

namespace rw {

/// `of(thing)` of all things; any integer type whose values fit.
template <class Things, class Of>
void saveIntegers(StateWriter& out, std::string_view name, const Things& things, Of&& of) {
    ColumnBuilder column(Type::of(TypeId::Bigint));
    for (const auto& thing : things) column.append(static_cast<std::int64_t>(of(thing)));
    out.column(name, *column.finish());
}

template <class Things, class Of>
void saveDoubles(StateWriter& out, std::string_view name, const Things& things, Of&& of) {
    ColumnBuilder column(Type::of(TypeId::Double));
    for (const auto& thing : things) column.append(static_cast<double>(of(thing)));
    out.column(name, *column.finish());
}

template <class Things, class Of>
void saveTexts(StateWriter& out, std::string_view name, const Things& things, Of&& of) {
    ColumnBuilder column(Type::of(TypeId::String));
    for (const auto& thing : things) column.appendString(of(thing));
    out.column(name, *column.finish());
}

// An error where the column is of another type or has a NULL.
Result<std::vector<std::int64_t>> restoreIntegers(const StateReader& state, std::string_view name);
/// None of them negative.
Result<std::vector<std::uint64_t>> restoreCounts(const StateReader& state, std::string_view name);
/// All of them finite.
Result<std::vector<double>> restoreDoubles(const StateReader& state, std::string_view name);
Result<std::vector<std::string>> restoreTexts(const StateReader& state, std::string_view name);

/// Whether lists of parts belong to the same things, at most `most` of them.
template <class First, class... Others>
bool samePartsOf(std::size_t most, const First& first, const Others&... others) {
    return first.size() <= most && ((others.size() == first.size()) && ...);
}

}  // namespace rw

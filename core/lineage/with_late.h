// What a row of a window would be with the rows that came too late for it, and its words.
#pragma once
#include <cstdint>

#include "core/base/text.h"
#include "core/data/batch.h"

namespace rw {

/// Of the rows that would have had a part in a row of a window, had they not come too late.
struct WithLate {
    enum class Told : std::uint8_t {
        Nothing,     ///< no row came too late, or it can't be told
        Row,         ///< what it would be
        TooMany,     ///< more rows came too late than are looked at
        Rejected,    ///< something in it could not be computed
        OtherWindow  ///< a session would be longer: there would be another row
    } told = Told::Nothing;
    /// Row: one row each, with a column for each aggregate that changes. No rows: none does.
    Batch now{}, then{};
    Text why{};  ///< Rejected: what could not be computed
};

/// More late rows than that are not looked at.
inline constexpr std::uint64_t kMostLateCounted = 1'000;

/// “With all rows that came too late: orders = 100 → 101”, or why that can't be told; empty: there is nothing
/// to tell.
Text withLateWords(const WithLate& with);

}  // namespace rw

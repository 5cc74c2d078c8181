// The types of the contract: what a column may hold and how it lies in memory.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/status.h"

namespace rw {

enum class TypeId : std::uint8_t {
    Boolean,    ///< std::uint8_t, 0 or 1
    Int,        ///< std::int32_t
    Bigint,     ///< std::int64_t
    Double,     ///< double
    Decimal,    ///< Int128, the unscaled value
    String,     ///< StringRef, UTF-8, compared bytewise
    Date,       ///< std::int32_t, days since 1970-01-01
    Timestamp,  ///< std::int64_t, milliseconds since the epoch, UTC
    // Only inside expressions, never in a stream's schema:
    Null,          ///< the type of the literal NULL; no values (stored as Boolean, all null)
    IntervalDay,   ///< std::int64_t milliseconds
    IntervalMonth  ///< std::int64_t months
};

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;

inline constexpr int kMaxPrecision = 38;

struct Type {
    TypeId id = TypeId::Null;
    std::uint8_t precision = 0;  ///< DECIMAL only: 1 … 38 digits
    std::uint8_t scale = 0;      ///< DECIMAL only: 0 … precision digits after the point

    static Type decimal(int p, int s) {
        return {TypeId::Decimal, static_cast<std::uint8_t>(p), static_cast<std::uint8_t>(s)};
    }
    static Type of(TypeId id) { return {id, 0, 0}; }
    bool is(TypeId other) const { return id == other; }
    bool isInteger() const { return id == TypeId::Int || id == TypeId::Bigint; }
    bool isNumeric() const { return isInteger() || id == TypeId::Double || id == TypeId::Decimal; }
    bool operator==(const Type&) const = default;
};

/// Bytes of one value in a column: 1, 4, 8 or 16.
std::size_t widthOf(TypeId id);

/// “DECIMAL(10,2)”, “TIMESTAMP(3)”: the canonical spelling, as saved.
std::string toString(Type type);

/// Reads every spelling of section 2 of the contract (INTEGER, LONG, VARCHAR(n), TEXT, FLOAT, TIMESTAMP …),
/// in any case. FLOAT is widened to DOUBLE; TIMESTAMP(p) keeps milliseconds.
Result<Type> parseType(std::string_view text);

}  // namespace rw

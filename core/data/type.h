// The types of the contract: the values that a column may hold. types.def lists them, with their memory types.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/status.h"

namespace rw {

enum class TypeId : std::uint8_t {
#define RW_TYPE(id, memory, name, kind) id,
#include "core/data/types.def"
#undef RW_TYPE
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
/// in any case. FLOAT is widened to DOUBLE; TIMESTAMP(p) keeps milliseconds. The lengths of CHAR, VARCHAR,
/// BINARY and VARBINARY say nothing: values of any length are kept.
Result<Type> parseType(std::string_view text);

}  // namespace rw

// One value of a message of Avro, before its column's type counts; and values as JSON.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/connect/avro/avro_bytes.h"
#include "core/connect/avro/avro_schema.h"

namespace rw {

struct AvroValue {
    const AvroType* type = nullptr;  ///< null: nothing, or null. Never a union
    std::int64_t number = 0;         ///< Boolean, Int, Long
    double real = 0;                 ///< Float, Double
    /// String, Bytes, Fixed: its bytes in the message. Enum: its symbol. Array, Map, Record: all of its
    /// bytes.
    std::string_view text{};
    std::size_t place = 0;  ///< of the type, in its schema
};

/// How much a message may hold, whatever its bytes say: a schema whose records have no bytes can repeat them
/// without end.
class AvroLimits {
 public:
    static constexpr int kDeepest = 500;  ///< of values within others, as JSON
    static constexpr std::size_t kLongestJson = std::size_t{64} << 20;

    explicit AvroLimits(std::size_t messageBytes) : m_left(kFree + messageBytes * kEachByte) {}
    /// Counts a value; false: there are too many.
    bool count() { return m_left > 0 && m_left-- > 0; }

 private:
    static constexpr std::size_t kFree = 100'000, kEachByte = 16;
    std::size_t m_left;
};

/// Reads a value that has no others in it. Unions are none of these.
bool readAvroScalar(const AvroType& type, AvroBytes& bytes, AvroValue& out);
bool isAvroScalar(AvroKind kind);

/// Appends a value as JSON: numbers with all their digits, dates and times and enums as strings in their text
/// forms, bytes as strings of base64, unions as the value that is there. False where the bytes are no such
/// value, or the JSON would be longer than kLongestJson.
bool appendAvroJson(std::string& out, const AvroSchema& schema, std::size_t type, AvroBytes& bytes,
                    AvroLimits& limits, int depth = 0);

/// Appends a scalar in the text form of the nearest type of column; false where it has none: bytes that are
/// no UTF-8.
bool appendAvroText(std::string& out, const AvroValue& value);

/// The unscaled value of a decimal, with the scale of its type; false where it has more than 38 digits.
bool readAvroDecimal(const AvroValue& value, Int128& unscaled);

/// Milliseconds of a timestamp of either unit, rounded towards the past.
std::int64_t millisOfAvro(const AvroValue& value);

}  // namespace rw

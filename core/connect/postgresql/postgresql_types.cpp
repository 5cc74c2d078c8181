#include "core/connect/postgresql/postgresql_types.h"

#include "core/data/visit_type.h"

namespace rw {

namespace {

constexpr int kModifierHeader = 4, kScaleBits = 16, kScaleMask = 0x7ff, kScaleSign = 0x400;
constexpr int kFreeScale = 18;

ReadableType numericType(int modifier) {
    const Type free = Type::decimal(kMaxPrecision, kFreeScale);
    if (modifier < kModifierHeader) return {free};
    const int digits = (modifier - kModifierHeader) >> kScaleBits;
    const int scale = (((modifier - kModifierHeader) & kScaleMask) ^ kScaleSign) - kScaleSign;
    const bool fits = digits <= kMaxPrecision && scale >= 0 && scale <= digits;
    return {fits ? Type::decimal(digits, scale) : free};
}

bool isTextLike(std::uint32_t wireType) {
    switch (static_cast<PostgresqlType>(wireType)) {
        case PostgresqlType::Text:
        case PostgresqlType::Varchar:
        case PostgresqlType::Bpchar:
        case PostgresqlType::JsonText:
            return true;
        default:
            return false;
    }
}

/// Types that a stream has other than as texts.
bool isOfOwnForm(std::uint32_t wireType) {
    return !postgresqlReadable(wireType, -1).type.is(TypeId::String);
}

}  // namespace

ReadableType postgresqlReadable(std::uint32_t wireType, int modifier) {
    switch (static_cast<PostgresqlType>(wireType)) {
        case PostgresqlType::Boolean:
            return {Type::of(TypeId::Boolean)};
        case PostgresqlType::Int2:
        case PostgresqlType::Int4:
            return {Type::of(TypeId::Int)};
        case PostgresqlType::Int8:
        case PostgresqlType::Oid:
            return {Type::of(TypeId::Bigint)};
        case PostgresqlType::Float4:
        case PostgresqlType::Float8:
            return {Type::of(TypeId::Double)};
        case PostgresqlType::Numeric:
            return numericType(modifier);
        case PostgresqlType::Date:
            return {Type::of(TypeId::Date)};
        case PostgresqlType::Timestamp:
        case PostgresqlType::Timestamptz:
            return {Type::of(TypeId::Timestamp)};
        case PostgresqlType::Bytea:
            return {Type::of(TypeId::Bytes)};
        case PostgresqlType::Text:
        case PostgresqlType::Varchar:
        case PostgresqlType::Bpchar:
            return {Type::of(TypeId::String)};
        default:
            return {Type::of(TypeId::String), true};
    }
}

std::string postgresqlDeclaration(Type type) {
    using namespace std::string_literals;
    return visitType(
        type.id,
        Overloaded{[](types::Boolean) { return "boolean"s; }, [](types::Int) { return "integer"s; },
                   [](types::Bigint) { return "bigint"s; }, [](types::Double) { return "double precision"s; },
                   [type](types::Decimal) {
                       return "numeric(" + std::to_string(type.precision) + ',' + std::to_string(type.scale) +
                              ')';
                   },
                   [](types::Date) { return "date"s; }, [](types::Timestamp) { return "timestamp(3)"s; },
                   [](types::Bytes) { return "bytea"s; },
                   [](AnyOf<types::String, types::Null, types::IntervalDay, types::IntervalMonth> auto) {
                       return "text"s;
                   }});
}

std::optional<PostgresqlType> postgresqlSent(Type type, std::uint32_t wireType) {
    using Sent = std::optional<PostgresqlType>;
    const auto column = static_cast<PostgresqlType>(wireType);
    // Of values with a fraction an integer column would round them without a word.
    const bool broken = column == PostgresqlType::Float4 || column == PostgresqlType::Float8 ||
                        column == PostgresqlType::Numeric;
    const bool number = broken || column == PostgresqlType::Int2 || column == PostgresqlType::Int4 ||
                        column == PostgresqlType::Int8;
    const bool moment = column == PostgresqlType::Timestamp || column == PostgresqlType::Timestamptz;
    const auto when = [](bool takes, PostgresqlType sent) { return takes ? Sent(sent) : Sent(); };
    return visitType(
        type.id,
        Overloaded{
            [&](types::Boolean) { return when(column == PostgresqlType::Boolean, PostgresqlType::Boolean); },
            [&](types::Int) { return when(number || column == PostgresqlType::Oid, PostgresqlType::Int4); },
            [&](types::Bigint) {
                return when(number || column == PostgresqlType::Oid, PostgresqlType::Int8);
            },
            [&](types::Double) { return when(broken, PostgresqlType::Float8); },
            [&](types::Decimal) { return when(broken, PostgresqlType::Numeric); },
            [&](types::String) {
                return when(!isOfOwnForm(wireType), isTextLike(wireType) ? column : PostgresqlType::Text);
            },
            [&](types::Date) { return when(moment || column == PostgresqlType::Date, PostgresqlType::Date); },
            [&](types::Timestamp) {
                return when(moment || column == PostgresqlType::Date,
                            moment ? column : PostgresqlType::Timestamp);
            },
            [&](types::Bytes) { return when(column == PostgresqlType::Bytea, PostgresqlType::Bytea); },
            [](AnyOf<types::Null, types::IntervalDay, types::IntervalMonth> auto) { return Sent(); }});
}

}  // namespace rw

#include "core/connect/mariadb/mariadb_types.h"

#include <algorithm>
#include <string_view>

#include "core/data/visit_type.h"

namespace rw {

namespace {

constexpr unsigned kBinaryCharset = 63;
constexpr int kMostScale = 18, kUnsignedDigits = 20;

Type decimalOf(int precision, int scale) {
    if (precision > kMaxPrecision) return Type::decimal(kMaxPrecision, std::min(scale, kMostScale));
    return Type::decimal(std::max(precision, 1), std::clamp(scale, 0, std::max(precision, 1)));
}

Type wholeNumber(enum_field_types type, bool isUnsigned, unsigned long length) {
    switch (type) {
        case MYSQL_TYPE_TINY:
            return Type::of(length == 1 ? TypeId::Boolean : TypeId::Int);
        case MYSQL_TYPE_LONG:
            return Type::of(isUnsigned ? TypeId::Bigint : TypeId::Int);
        case MYSQL_TYPE_LONGLONG:
            return isUnsigned ? Type::decimal(kUnsignedDigits, 0) : Type::of(TypeId::Bigint);
        default:
            return Type::of(TypeId::Int);
    }
}

Type typeOfField(const MYSQL_FIELD& field) {
    const bool isUnsigned = (field.flags & UNSIGNED_FLAG) != 0;
    switch (field.type) {
        case MYSQL_TYPE_TINY:
        case MYSQL_TYPE_SHORT:
        case MYSQL_TYPE_INT24:
        case MYSQL_TYPE_LONG:
        case MYSQL_TYPE_YEAR:
        case MYSQL_TYPE_LONGLONG:
            return wholeNumber(field.type, isUnsigned, field.length);
        case MYSQL_TYPE_FLOAT:
        case MYSQL_TYPE_DOUBLE:
            return Type::of(TypeId::Double);
        case MYSQL_TYPE_DECIMAL:
        case MYSQL_TYPE_NEWDECIMAL:
            return decimalOf(
                static_cast<int>(field.length) - (field.decimals > 0 ? 1 : 0) - (isUnsigned ? 0 : 1),
                static_cast<int>(field.decimals));
        case MYSQL_TYPE_DATE:
        case MYSQL_TYPE_NEWDATE:
            return Type::of(TypeId::Date);
        case MYSQL_TYPE_DATETIME:
        case MYSQL_TYPE_DATETIME2:
        case MYSQL_TYPE_TIMESTAMP:
        case MYSQL_TYPE_TIMESTAMP2:
            return Type::of(TypeId::Timestamp);
        case MYSQL_TYPE_BIT:
        case MYSQL_TYPE_GEOMETRY:
            return Type::of(TypeId::Bytes);
        case MYSQL_TYPE_TIME:
        case MYSQL_TYPE_TIME2:
            return Type::of(TypeId::String);
        default:
            return Type::of(field.charsetnr == kBinaryCharset ? TypeId::Bytes : TypeId::String);
    }
}

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

DatabaseColumn mariadbColumn(const MYSQL_FIELD& field) {
    DatabaseColumn column;
    column.name = field.name;
    column.type = typeOfField(field);
    column.declared = toString(column.type);
    column.nullable = (field.flags & NOT_NULL_FLAG) == 0;
    column.wireType = static_cast<std::uint32_t>(field.type);
    return column;
}

Type mariadbType(const MariadbDeclared& declared) {
    const std::string_view name = declared.dataType;
    const bool isUnsigned = declared.columnType.find("unsigned") != std::string::npos;
    if (name == "tinyint")
        return Type::of(declared.columnType == "tinyint(1)" ? TypeId::Boolean : TypeId::Int);
    if (isOneOf(name, {"smallint", "mediumint", "year"})) return Type::of(TypeId::Int);
    if (isOneOf(name, {"int", "integer"})) return Type::of(isUnsigned ? TypeId::Bigint : TypeId::Int);
    if (name == "bigint") return isUnsigned ? Type::decimal(kUnsignedDigits, 0) : Type::of(TypeId::Bigint);
    if (isOneOf(name, {"float", "double", "real"})) return Type::of(TypeId::Double);
    if (isOneOf(name, {"decimal", "numeric"})) return decimalOf(declared.precision, declared.scale);
    if (name == "date") return Type::of(TypeId::Date);
    if (isOneOf(name, {"datetime", "timestamp"})) return Type::of(TypeId::Timestamp);
    const bool bytes = name.ends_with("blob") || name.ends_with("binary") ||
                       isOneOf(name, {"bit", "geometry", "point", "linestring", "polygon", "multipoint",
                                      "multilinestring", "multipolygon", "geometrycollection"});
    return Type::of(bytes ? TypeId::Bytes : TypeId::String);
}

std::string mariadbDeclaration(Type type, bool inKey, bool mysql) {
    using namespace std::string_literals;
    const std::string text = (inKey ? "varchar(255)"s : "longtext"s) + " CHARACTER SET utf8mb4 COLLATE " +
                             (mysql ? "utf8mb4_0900_bin" : "utf8mb4_nopad_bin");
    return visitType(
        type.id,
        Overloaded{[](types::Boolean) { return "boolean"s; }, [](types::Int) { return "int"s; },
                   [](types::Bigint) { return "bigint"s; }, [](types::Double) { return "double"s; },
                   [type](types::Decimal) {
                       return "decimal(" + std::to_string(type.precision) + ',' + std::to_string(type.scale) +
                              ')';
                   },
                   [](types::Date) { return "date"s; }, [](types::Timestamp) { return "datetime(3)"s; },
                   [inKey](types::Bytes) { return inKey ? "varbinary(255)"s : "longblob"s; },
                   [&text](AnyOf<types::String, types::Null, types::IntervalDay, types::IntervalMonth> auto) {
                       return text;
                   }});
}

}  // namespace rw

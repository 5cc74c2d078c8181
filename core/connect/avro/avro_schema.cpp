#include "core/connect/avro/avro_schema.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "core/base/ascii.h"
#include "core/data/utf8.h"
#include "core/data/visit_type.h"
#include "core/pipeline/pipeline.h"

namespace rw {

namespace {

constexpr std::array<std::string_view, 14> kAvroNames{"null",   "boolean", "int",    "long",  "float",
                                                      "double", "bytes",   "string", "fixed", "enum",
                                                      "array",  "map",     "record", "union"};

std::string_view kindName(AvroKind kind) {
    return kAvroNames[static_cast<std::size_t>(kind)];
}

/// The kind of that name; nothing where it is none, or a union, which is written as an array.
std::optional<AvroKind> kindNamed(std::string_view name) {
    const auto found = std::find(kAvroNames.begin(), kAvroNames.end() - 1, name);
    if (found == kAvroNames.end() - 1) return std::nullopt;
    return static_cast<AvroKind>(found - kAvroNames.begin());
}

bool isPrimitive(AvroKind kind) {
    return kind < AvroKind::Fixed;
}

Status wrongSchema(Text what) {
    return {ErrorCode::Invalid, std::move(what),
            RW_TEXT("avro", "Give the schema as the registry or the .avsc file has it, in JSON.")};
}

std::string shownJson(const Json& json) {
    constexpr std::size_t kShown = 60;
    return excerpt(json.dump(-1, ' ', false, Json::error_handler_t::replace), kShown);
}

const std::string* memberText(const Json& json, const char* name) {
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? &found->get_ref<const std::string&>() : nullptr;
}

/// A member that is a whole number from 0 on; `otherwise` where it is none.
std::size_t memberNumber(const Json& json, const char* name, std::size_t otherwise) {
    const auto found = json.find(name);
    return found != json.end() && found->is_number_unsigned() ? found->get<std::size_t>() : otherwise;
}

/// A schema while it is being read.
class AvroSchemaReader {
    using Place = Result<std::size_t>;

 public:
    /// Once. The schema itself is the first type that is added.
    Result<AvroSchema> read(const Json& json) {
        const Place root = type(json, {}, 0);
        if (!root.ok()) return root.status();
        return std::move(m_schema);
    }

 private:
    Place type(const Json& json, const std::string& space, int depth) {
        if (depth > AvroSchema::kDeepest)
            return wrongSchema(
                RW_TEXT("avro", "The schema is nested deeper than %1.").with(AvroSchema::kDeepest));
        if (json.is_string()) return named(json.get_ref<const std::string&>(), space);
        if (json.is_array()) return unionOf(json, space, depth);
        const auto inner = json.is_object() ? json.find("type") : json.end();
        if (!json.is_object() || inner == json.end())
            return wrongSchema(RW_TEXT("avro", "“%1” is no type of Avro.").with(shownJson(json)));
        if (!inner->is_string()) return type(*inner, space, depth + 1);  // {"type": {"type": …}}
        const auto kind = kindNamed(inner->get_ref<const std::string&>());
        if (!kind) return named(inner->get_ref<const std::string&>(), space);
        if (*kind == AvroKind::Array || *kind == AvroKind::Map) return itemsOf(json, *kind, space, depth);
        if (!isPrimitive(*kind)) return declared(json, *kind, space, depth);
        RW_TRY_ASSIGN(const std::size_t place, add(*kind));
        setLogical(json, m_schema.types[place]);
        return place;
    }

    Place add(AvroKind kind) {
        if (m_schema.types.size() >= AvroSchema::kMostTypes)
            return wrongSchema(
                RW_TEXT("avro", "The schema has more than %1 types.").with(AvroSchema::kMostTypes));
        m_schema.types.emplace_back().kind = kind;
        return m_schema.types.size() - 1;
    }

    /// A primitive, or a type that was declared before.
    Place named(const std::string& name, const std::string& space) {
        const auto kind = kindNamed(name);
        if (kind && isPrimitive(*kind)) return add(*kind);
        auto found = m_names.find(fullName(name, space));
        if (found == m_names.end()) found = m_names.find(name);
        if (found != m_names.end()) return found->second;
        return wrongSchema(
            RW_TEXT("avro", "“%1” is no type of Avro, and none that is declared before.").with(name));
    }

    static std::string fullName(const std::string& name, const std::string& space) {
        return space.empty() || name.find('.') != std::string::npos ? name : space + '.' + name;
    }

    Place unionOf(const Json& json, const std::string& space, int depth) {
        RW_TRY_ASSIGN(const std::size_t place, add(AvroKind::Union));
        for (const Json& branch : json) {
            RW_TRY_ASSIGN(const std::size_t inner, type(branch, space, depth + 1));
            if (m_schema.types[inner].kind == AvroKind::Union)
                return wrongSchema(RW_TEXT("avro", "A union stands in a union."));
            m_schema.types[place].branches.push_back(inner);
        }
        if (json.empty()) return wrongSchema(RW_TEXT("avro", "A union has no types."));
        return place;
    }

    Place itemsOf(const Json& json, AvroKind kind, const std::string& space, int depth) {
        RW_TRY_ASSIGN(const std::size_t place, add(kind));
        const auto items = json.find(kind == AvroKind::Array ? "items" : "values");
        if (items == json.end())
            return wrongSchema(
                RW_TEXT("avro", "“%1” does not say the type of its items.").with(shownJson(json)));
        RW_TRY_ASSIGN(const std::size_t inner, type(*items, space, depth + 1));
        m_schema.types[place].branches.push_back(inner);
        return place;
    }

    /// A record, an enum or a fixed.
    Place declared(const Json& json, AvroKind kind, const std::string& space, int depth) {
        const std::string* const name = memberText(json, "name");
        if (name == nullptr || name->empty())
            return wrongSchema(RW_TEXT("avro", "“%1” has no name.").with(shownJson(json)));
        const std::string* const ownSpace = memberText(json, "namespace");
        const std::string full = fullName(*name, ownSpace != nullptr ? *ownSpace : space);
        RW_TRY_ASSIGN(const std::size_t place, add(kind));
        m_schema.types[place].name = full;
        if (!m_names.emplace(full, place).second)
            return wrongSchema(RW_TEXT("avro", "“%1” is declared twice.").with(full));
        if (kind == AvroKind::Fixed) return fixed(json, place);
        if (kind == AvroKind::Enum) return symbols(json, place);
        const std::size_t dot = full.rfind('.');
        return fields(json, place, dot == std::string::npos ? std::string() : full.substr(0, dot), depth);
    }

    Place fixed(const Json& json, std::size_t place) {
        constexpr std::size_t kNone = static_cast<std::size_t>(-1), kLargest = std::size_t{1} << 30;
        AvroType& made = m_schema.types[place];
        made.size = memberNumber(json, "size", kNone);
        if (made.size > kLargest) return wrongSchema(RW_TEXT("avro", "“%1” has no size.").with(made.name));
        setLogical(json, made);
        return place;
    }

    Place symbols(const Json& json, std::size_t place) {
        AvroType& made = m_schema.types[place];
        const auto listed = json.find("symbols");
        const Json none = Json::array();
        for (const Json& symbol : listed != json.end() && listed->is_array() ? *listed : none) {
            if (symbol.is_string()) made.symbols.push_back(symbol.get<std::string>());
        }
        if (made.symbols.empty()) return wrongSchema(RW_TEXT("avro", "“%1” has no symbols.").with(made.name));
        return place;
    }

    Place fields(const Json& json, std::size_t place, const std::string& space, int depth) {
        const auto listed = json.find("fields");
        if (listed == json.end() || !listed->is_array())
            return wrongSchema(RW_TEXT("avro", "“%1” has no fields.").with(m_schema.types[place].name));
        std::set<std::string_view> names;
        for (const Json& field : *listed) {
            const std::string* const name = field.is_object() ? memberText(field, "name") : nullptr;
            if (name == nullptr || !field.contains("type"))
                return wrongSchema(
                    RW_TEXT("avro", "“%1” is no field with a name and a type.").with(shownJson(field)));
            RW_TRY_ASSIGN(const std::size_t inner, type(field.at("type"), space, depth + 1));
            if (!names.insert(*name).second)
                return wrongSchema(RW_TEXT("avro", "“%1” is declared twice.").with(*name));
            m_schema.types[place].fields.push_back({*name, inner});
        }
        return place;
    }

    static void setLogical(const Json& json, AvroType& type) {
        const std::string* const logical = memberText(json, "logicalType");
        if (logical == nullptr) return;
        const bool bytes = type.kind == AvroKind::Bytes || type.kind == AvroKind::Fixed;
        if (type.kind == AvroKind::Int && *logical == "date") {
            type.logical = AvroLogical::Date;
        } else if (type.kind == AvroKind::Long && logical->ends_with("timestamp-millis")) {
            type.logical = AvroLogical::TimestampMillis;
        } else if (type.kind == AvroKind::Long && logical->ends_with("timestamp-micros")) {
            type.logical = AvroLogical::TimestampMicros;
        } else if (bytes && *logical == "decimal") {
            constexpr std::size_t kMostDigits = 1'000;
            const std::size_t precision = memberNumber(json, "precision", 0);
            const std::size_t scale = memberNumber(json, "scale", 0);
            if (precision == 0 || precision > kMostDigits || scale > precision) return;
            type.logical = AvroLogical::Decimal;
            type.precision = static_cast<int>(precision);
            type.scale = static_cast<int>(scale);
        }
    }

    AvroSchema m_schema{};
    std::map<std::string, std::size_t, std::less<>> m_names{};  ///< of declared types
};

std::string_view logicalName(AvroLogical logical) {
    switch (logical) {
        case AvroLogical::Date:
            return "date";
        case AvroLogical::TimestampMillis:
            return "timestamp-millis";
        case AvroLogical::TimestampMicros:
            return "timestamp-micros";
        case AvroLogical::Decimal:
            return "decimal";
        case AvroLogical::None:
            break;
    }
    return {};
}

/// As the specification has names.
bool isAvroName(std::string_view name) {
    const auto fits = [](char c) { return isAsciiLetter(c) || isAsciiDigit(c) || c == '_'; };
    return !name.empty() && !isAsciiDigit(name.front()) && std::all_of(name.begin(), name.end(), fits);
}

Json avroTypeOf(Type type) {
    return visitType(
        type.id,
        Overloaded{[](types::Boolean) -> Json { return "boolean"; }, [](types::Int) -> Json { return "int"; },
                   [](types::Bigint) -> Json { return "long"; },
                   [](types::Double) -> Json { return "double"; },
                   [&](types::Decimal) -> Json {
                       return {{"type", "bytes"},
                               {"logicalType", "decimal"},
                               {"precision", static_cast<int>(type.precision)},
                               {"scale", static_cast<int>(type.scale)}};
                   },
                   [](types::String) -> Json { return "string"; },
                   [](types::Bytes) -> Json { return "bytes"; },
                   [](types::Date) -> Json {
                       return {{"type", "int"}, {"logicalType", "date"}};
                   },
                   [](types::Timestamp) -> Json {
                       return {{"type", "long"}, {"logicalType", "timestamp-millis"}};
                   },
                   // Never a stream's columns.
                   [](AnyOf<types::Null, types::IntervalDay, types::IntervalMonth> auto) -> Json {
                       return "null";
                   }});
}

/// Also in members that no schema has: what is shown of them is written by a recursion. The parser's own
/// call-back looks through all members of an object behind each of them.
bool isNestedTooDeeply(std::string_view json) {
    constexpr int kDeepestJson = 1'000;
    int depth = 0;
    bool inText = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char at = json[i];
        if (at == '"') inText = !inText;
        if (inText && at == '\\') ++i;
        if (inText) continue;
        if (at == '[' || at == '{') ++depth;
        if (at == ']' || at == '}') --depth;
        if (depth > kDeepestJson) return true;
    }
    return false;
}

}  // namespace

Result<AvroSchema> AvroSchema::parse(std::string_view json) {
    const Status noJson = wrongSchema(RW_TEXT("avro", "The schema is no JSON."));
    if (isNestedTooDeeply(json)) {
        if (!Json::accept(json)) return noJson;
        return wrongSchema(
            RW_TEXT("avro", "The schema is nested deeper than %1.").with(AvroSchema::kDeepest));
    }
    const Json parsed = Json::parse(json, nullptr, false);
    if (parsed.is_discarded()) return noJson;
    return AvroSchemaReader().read(parsed);
}

std::string AvroSchema::nameOf(std::size_t type) const {
    const AvroType& at = types[type];
    std::string name(kindName(at.kind));
    if (at.logical == AvroLogical::Decimal)
        return fmt::format("{} (decimal({},{}))", name, at.precision, at.scale);
    if (at.logical != AvroLogical::None) return fmt::format("{} ({})", name, logicalName(at.logical));
    if (at.kind != AvroKind::Union) return at.name.empty() ? name : fmt::format("{} {}", name, at.name);
    for (std::size_t i = 0; i < at.branches.size(); ++i) {
        const AvroType& branch = types[at.branches[i]];
        name += i == 0 ? " of " : i + 1 == at.branches.size() ? " and " : ", ";
        name += branch.name.empty() ? kindName(branch.kind) : std::string_view(branch.name);
    }
    return name;
}

std::size_t AvroSchema::withoutNull(std::size_t type) const {
    const AvroType& at = types[type];
    if (at.kind != AvroKind::Union || at.branches.size() > 2) return type;
    std::optional<std::size_t> other;
    for (const std::size_t branch : at.branches) {
        if (types[branch].kind == AvroKind::Null) continue;
        if (other) return type;
        other = branch;
    }
    return other.value_or(type);
}

Result<std::string> avroSchemaOf(const Schema& columns) {
    Json fields = Json::array();
    for (const Field& column : columns.fields) {
        if (!isAvroName(column.name)) {
            return Status(
                ErrorCode::Invalid, RW_TEXT("avro", "“%1” is no name of a field in Avro.").with(column.name),
                RW_TEXT("avro",
                        "Rename the column with a select node: letters from A to Z, digits and _ only."));
        }
        Json field = Json::object();
        field["name"] = column.name;
        field["type"] = Json::array({"null", avroTypeOf(column.type)});
        field["default"] = nullptr;
        fields.push_back(std::move(field));
    }
    Json record = Json::object();
    record["type"] = "record";
    record["name"] = "row";
    record["fields"] = std::move(fields);
    return record.dump();
}

Type columnTypeOf(const AvroType& type) {
    constexpr std::array kTypes{TypeId::String, TypeId::Boolean, TypeId::Int,    TypeId::Bigint,
                                TypeId::Double, TypeId::Double,  TypeId::Bytes,  TypeId::String,
                                TypeId::Bytes,  TypeId::String,  TypeId::String, TypeId::String,
                                TypeId::String, TypeId::String};
    switch (type.logical) {
        case AvroLogical::Date:
            return Type::of(TypeId::Date);
        case AvroLogical::TimestampMillis:
        case AvroLogical::TimestampMicros:
            return Type::of(TypeId::Timestamp);
        case AvroLogical::Decimal:
            if (type.precision <= kMaxPrecision) return Type::decimal(type.precision, type.scale);
            return Type::of(TypeId::String);
        case AvroLogical::None:
            break;
    }
    return Type::of(kTypes[static_cast<std::size_t>(type.kind)]);
}

Schema columnsOfAvro(const AvroSchema& schema) {
    Schema columns;
    for (const AvroField& field : schema.types[schema.withoutNull(0)].fields) {
        const AvroType& type = schema.types[schema.withoutNull(field.type)];
        if (type.kind != AvroKind::Null) columns.fields.push_back({field.name, columnTypeOf(type)});
    }
    return columns;
}

}  // namespace rw

#include "core/nodes/generator_columns.h"

#include "core/nodes/column_defs.h"
#include "core/pipeline/bind_checks.h"

namespace rw {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

Issue& wrong(BindContext& context, int item, std::size_t position, std::size_t length, Text message,
             Text mend) {
    Issue& issue = context.error("columns", std::move(message), std::move(mend));
    issue.item = item;
    issue.position = position;
    issue.length = std::max<std::size_t>(length, 1);
    return issue;
}

/// The expression, converted to `type`; an error's place counts from the beginning of the whole entry.
sql::Parsed<sql::BoundRef> bindExpression(std::string_view text, std::size_t at, Type type) {
    sql::Scope scope;
    scope.schema = generatorScope();
    scope.generator = true;
    auto parsed = sql::bindText(text.substr(at), scope);
    if (auto* expr = std::get_if<sql::BoundRef>(&parsed)) {
        parsed = sql::convert(std::move(*expr), type, {0, text.size() - at});
    }
    if (auto* error = std::get_if<sql::SqlError>(&parsed)) error->position += at;
    return parsed;
}

bool bindColumn(BindContext& context, int item, const std::string& text, GeneratorColumns& out) {
    const auto def = splitColumnDef(text);
    if (!def) {
        wrong(context, item, 0, text.size(), RW_TEXT("generator", "“%1” is not a column.").with(text),
              RW_TEXT("generator", "Write a name, a type and an expression: price DOUBLE = 100 + NOISE(3)."));
        return false;
    }
    // A type holds no “=”: the first one begins the expression.
    const std::size_t equals = text.find('=', def->typeAt);
    std::string_view typeText = std::string_view(text).substr(def->typeAt, equals - def->typeAt);
    typeText = typeText.substr(0, typeText.find_last_not_of(kBlanks) + 1);
    const Result<Type> type = parseType(typeText);
    if (!type.ok()) {
        wrong(context, item, def->typeAt, typeText.size(), type.error().message, type.error().mend);
        return false;
    }
    if (out.schema.find(def->name)) {
        wrong(context, item, 0, text.size(),
              RW_TEXT("generator", "There are two columns “%1”.").with(def->name),
              RW_TEXT("generator", "Rename one of them."));
        return false;
    }
    GeneratorColumn column;
    if (equals != std::string::npos) {
        auto expr = accept(context, "columns", item, bindExpression(text, equals + 1, *type));
        if (!expr) return false;
        column.expr = std::move(*expr);
        column.canFail = sql::canFail(*column.expr);
    } else if (!type->is(TypeId::Timestamp)) {
        wrong(context, item, text.size(), 0, RW_TEXT("generator", "“%1” has no expression.").with(def->name),
              RW_TEXT("generator", "Write how it is made: %1 %2 = … Only a TIMESTAMP may do without.")
                  .with(def->name, toString(*type)));
        return false;
    }
    out.schema.fields.push_back({def->name, *type});
    out.columns.push_back(std::move(column));
    return true;
}

}  // namespace

const SchemaRef& generatorScope() {
    static const SchemaRef kScope = std::make_shared<const Schema>(Schema{{{"i", Type::of(TypeId::Bigint)}}});
    return kScope;
}

std::uint64_t mixSeeds(std::uint64_t seed, std::uint64_t number) {
    // The finaliser of SplitMix64.
    std::uint64_t z = seed + (number + 1) * 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

std::optional<GeneratorColumns> bindGeneratorColumns(BindContext& context) {
    GeneratorColumns out;
    const auto texts = context.list("columns");
    bool good = true;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        good = bindColumn(context, static_cast<int>(i), texts[i], out) && good;
    }
    if (!good) return std::nullopt;
    return out;
}

}  // namespace rw

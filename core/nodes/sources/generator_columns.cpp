#include "core/nodes/sources/generator_columns.h"

#include "core/data/trim.h"
#include "core/nodes/column_defs.h"
#include "core/pipeline/bind_checks.h"
#include "core/sql/bind/bind.h"

namespace rw {

namespace {

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

bool bindColumn(BindContext& context, std::size_t item, const std::string& text, GeneratorColumns& out) {
    const auto def = splitColumnDef(text);
    if (!def) {
        wrongColumn(
            context, item, 0, text.size(), RW_TEXT("generator", "“%1” is not a column.").with(text),
            RW_TEXT("generator", "Write a name, a type and an expression: price DOUBLE = 100 + NOISE(3)."));
        return false;
    }
    // A type holds no “=”: the first one begins the expression.
    const std::size_t equals = text.find('=', def->typeAt);
    const std::string_view typeText =
        trimmed(std::string_view(text).substr(def->typeAt, equals - def->typeAt));
    const Result<Type> type = parseType(typeText);
    if (!type.ok()) {
        wrongColumn(context, item, def->typeAt, typeText.size(), type.error().message, type.error().fix);
        return false;
    }
    if (out.schema.find(def->name)) {
        wrongColumn(context, item, 0, text.size(),
                    RW_TEXT("generator", "There are two columns “%1”.").with(def->name),
                    RW_TEXT("generator", "Rename one of them."));
        return false;
    }
    GeneratorColumn column;
    if (equals != std::string::npos) {
        auto expr =
            accept(context, "columns", static_cast<int>(item), bindExpression(text, equals + 1, *type));
        if (!expr) return false;
        column.expr = std::move(*expr);
        column.canFail = sql::canFail(*column.expr);
        column.texts = textBytes(*column.expr);
    } else if (!type->is(TypeId::Timestamp)) {
        wrongColumn(context, item, text.size(), 0,
                    RW_TEXT("generator", "“%1” has no expression.").with(def->name),
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

std::optional<GeneratorColumns> bindGeneratorColumns(BindContext& context) {
    GeneratorColumns out;
    const auto texts = context.list("columns");
    bool good = true;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        good = bindColumn(context, i, texts[i], out) && good;
    }
    if (!good) return std::nullopt;
    return out;
}

}  // namespace rw

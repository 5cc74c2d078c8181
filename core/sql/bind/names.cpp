// Names: columns, functions, and the errors when there is none of the name.
#include <algorithm>

#include "core/sql/bind/binder.h"
#include "core/sql/parse/keywords.h"

namespace rw::sql {

namespace {

/// The columns that a qualifier stands for, as a schema of their own.
Schema part(const Schema& schema, const Scope::Qualifier& qualifier) {
    const auto begin = schema.fields.begin() + qualifier.first;
    return Schema{{begin, begin + qualifier.count}};
}

/// The function whose name is nearest, or empty.
std::string nearestFunction(const std::string& name) {
    Schema names;
    for (const ScalarFunction& function : scalarFunctions()) {
        if (beginsName(function.name.front()) && function.group != "operator") {
            names.fields.push_back({std::string(function.name), {}});
        }
    }
    return nearestName(name, names);
}

}  // namespace

BoundRef Binder::column(const Expr& expr) {
    if (!expr.qualifier.empty()) return qualifiedColumn(expr);
    const Schema& schema = *m_scope.schema;
    const auto index = m_scope.index ? m_scope.index->find(expr.name) : schema.find(expr.name);
    if (!index) {
        Text message = RW_TEXT("sql", "No column “%1” in the input.").with(expr.name);
        std::string near = nearestName(expr.name, schema);
        if (near.empty()) {
            std::string names;
            for (const Field& field : schema.fields) names += (names.empty() ? "" : ", ") + field.name;
            fail(std::move(message),
                 names.empty() ? Text{} : RW_TEXT("sql", "The columns are: %1.").with(names), expr.span);
        } else {
            near = quoteIdentifier(near);
            fail(std::move(message), RW_TEXT("sql", "Replace with “%1”?").with(near), expr.span, near);
        }
        m_error->column = expr.name;
        return nullptr;
    }
    const auto same = [&expr](const Field& field) { return field.name == expr.name; };
    if (!m_scope.qualifiers.empty() && std::count_if(schema.fields.begin(), schema.fields.end(), same) > 1) {
        return fail(
            RW_TEXT("sql", "Several inputs have a column “%1”.").with(expr.name),
            RW_TEXT("sql", "Write %1.%2.").with(m_scope.qualifiers.front().name, quoteIdentifier(expr.name)),
            expr.span);
    }
    return makeColumn(*index, schema.fields[static_cast<std::size_t>(*index)].type);
}

BoundRef Binder::qualifiedColumn(const Expr& expr) {
    for (const Scope::Qualifier& qualifier : m_scope.qualifiers) {
        if (qualifier.name != expr.qualifier) continue;
        const Schema columns = part(*m_scope.schema, qualifier);
        if (const auto index = columns.find(expr.name)) {
            return makeColumn(qualifier.first + *index,
                              columns.fields[static_cast<std::size_t>(*index)].type);
        }
        std::string near = nearestName(expr.name, columns);
        if (!near.empty()) near = qualifier.name + "." + quoteIdentifier(near);
        fail(RW_TEXT("sql", "No column “%2” in “%1”.").with(expr.qualifier, expr.name),
             near.empty() ? Text{} : RW_TEXT("sql", "Replace with “%1”?").with(near), expr.span, near);
        m_error->column = expr.name;
        m_error->qualifier = expr.qualifier;
        return nullptr;
    }
    if (m_scope.qualifiers.empty()) {
        return fail(RW_TEXT("sql", "There is one input here; its columns stand without a name before them."),
                    {}, expr.span, quoteIdentifier(expr.name));
    }
    std::string names;
    for (const Scope::Qualifier& qualifier : m_scope.qualifiers)
        names += (names.empty() ? "" : ", ") + qualifier.name;
    return fail(RW_TEXT("sql", "No input “%1” here.").with(expr.qualifier),
                RW_TEXT("sql", "The inputs are: %1.").with(names), expr.span);
}

const ScalarFunction* Binder::function(const Expr& expr) {
    const ScalarFunction* const found = findFunction(expr.name);
    if (found == nullptr) {
        const std::string near = nearestFunction(expr.name);
        const Span name{expr.span.begin, expr.span.begin + expr.name.size()};
        fail(RW_TEXT("sql", "No function “%1”.").with(expr.name),
             near.empty() ? RW_TEXT("sql", "The help page on SQL lists all functions.")
                          : RW_TEXT("sql", "Replace with “%1”?").with(near),
             name, near);
        return nullptr;
    }
    if (found->group == "generator" && !m_scope.generator) {
        fail(RW_TEXT("sql", "%1 makes rows up; it works in the columns of a generator only.")
                 .with(found->name),
             {}, expr.span);
        return nullptr;
    }
    return found;
}

}  // namespace rw::sql

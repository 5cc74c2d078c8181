#include "core/deploy/dialect/dialect.h"

#include <algorithm>

#include "core/data/text.h"
#include "core/deploy/dialect/writer.h"

namespace rw {

namespace {

template <class Form>
const Form* rowOf(const std::vector<Form>& forms, std::string_view name) {
    const auto found =
        std::find_if(forms.begin(), forms.end(), [name](const Form& form) { return form.name == name; });
    return found == forms.end() ? nullptr : &*found;
}

void tellRow(const WriteScope& scope, Verdict verdict, const Text& what, const Text& condition,
             const Text& fix) {
    const bool says = verdict != Verdict::Exact || !what.empty() || !condition.empty();
    if (!says || scope.findings == nullptr) return;
    Remark& remark = scope.findings->emplace_back();
    remark.verdict = verdict;
    remark.what = what;
    remark.condition = condition;
    remark.fix = fix;
}

/// The argument as it stands in the call: `*`, or converted and, where the engine knows no FILTER, chosen.
std::string aggregateArgument(const Dialect& dialect, const AggregateForm& form,
                              const sql::TypedAggregate& aggregate, const WriteScope& scope,
                              const std::string& filter) {
    std::string text = "*";
    if (aggregate.argument) {
        text = writeExpression(dialect, aggregate.argument, scope).text;
        const Type type = aggregate.argument.type();
        const Type to = form.castTo != nullptr ? form.castTo(type) : Type{};
        if (!to.is(TypeId::Null)) text = writeConversion(dialect, {text}, type, to, false).text;
    }
    if (!filter.empty() && !form.filters) {
        text = "CASE WHEN " + filter + " THEN " + (aggregate.argument ? text : "1") + " END";
    }
    return aggregate.distinct && form.keepsDistinct ? "DISTINCT " + text : text;
}

std::string filledAggregate(std::string_view pattern, const std::string& argument, const Dialect& dialect,
                            const sql::TypedAggregate& aggregate) {
    std::string out;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const std::string_view place = pattern.substr(at, 2);
        if (place == "$1") {
            out += argument;
        } else if (place == "$p") {
            appendDouble(out, aggregate.fraction);
        } else if (place == "$s") {
            out += dialect.words().literal(aggregate.separator, Type::of(TypeId::String));
        } else if (place == "$t") {
            out += dialect.words().type(aggregate.type);
        } else {
            out += pattern[at];
            continue;
        }
        ++at;
    }
    return out;
}

}  // namespace

AggregateForm& addRow(std::vector<AggregateForm>& rows, std::string_view name, std::string_view pattern) {
    AggregateForm& row = rows.emplace_back();
    row.name = name;
    row.pattern = pattern;
    return row;
}

Dialect::Dialect(Engine engine, DialectWords words, std::vector<FunctionForm> functions,
                 std::vector<AggregateForm> aggregates)
    : m_engine(engine),
      m_words(words),
      m_functions(std::move(functions)),
      m_aggregates(std::move(aggregates)) {}

const FunctionForm* Dialect::function(std::string_view name) const {
    return rowOf(m_functions, name);
}

const AggregateForm* Dialect::aggregate(std::string_view name) const {
    return rowOf(m_aggregates, name);
}

std::string writeAggregate(const Dialect& dialect, const sql::TypedAggregate& aggregate,
                           const WriteScope& given) {
    WriteScope scope = given;
    scope.raw = {};
    scope.variables.clear();
    const AggregateForm* const found = dialect.aggregate(aggregate.function);
    AggregateForm row;
    if (found == nullptr) {
        row.what = RW_TEXT("deploy", "%1 has no counterpart in %2.")
                       .with(aggregate.function, engineName(dialect.engine()));
    } else {
        row = found->of != nullptr ? found->of(*found, aggregate) : *found;
    }
    if (row.pattern.empty()) {
        tellRow(scope, Verdict::Refused, row.what, {}, row.fix);
        return aggregate.function + "(" + aggregateArgument(dialect, row, aggregate, scope, {}) + ")";
    }
    tellRow(scope, row.verdict, row.what, row.condition, row.fix);
    const std::string filter =
        aggregate.filter ? writeExpression(dialect, aggregate.filter, scope).text : std::string();
    const std::string argument = aggregateArgument(dialect, row, aggregate, scope, filter);
    std::string text = filledAggregate(row.pattern, argument, dialect, aggregate);
    if (!filter.empty() && row.filters) text += " FILTER (WHERE " + filter + ")";
    return text;
}

}  // namespace rw

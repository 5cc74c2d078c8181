#include "core/nodes/aggregate_params.h"

#include <memory>
#include <optional>
#include <utility>

#include "core/base/ascii.h"
#include "core/pipeline/bind_checks.h"

namespace rw {

namespace {

/// “sum_price” for a SUM whose name “price” is taken, or with a number.
std::string otherName(const Schema& schema, const std::string& function, const std::string& name) {
    const std::string prefix = inAsciiSmall(function) + "_";
    const std::string called = prefix + name;
    if (!name.starts_with(prefix) && !schema.find(called)) return called;
    int number = 2;
    while (schema.find(name + "_" + std::to_string(number))) ++number;
    return name + "_" + std::to_string(number);
}

}  // namespace

ParamSpec aggregatesParam() {
    ParamSpec spec = makeParam("aggregates", ParamKind::Aggregates, RW_TEXT("window", "Aggregates"),
                               RW_TEXT("window",
                                       "What is computed, each with a name, as in SQL: `COUNT(*) AS n`, "
                                       "`AVG(load) AS mean`, `MAX(price) FILTER (WHERE ok) AS best`."));
    spec.required = true;
    spec.section = RW_TEXT("window", "Aggregates");
    return spec;
}

std::vector<sql::BoundAggregate> bindAggregates(BindContext& context, const SchemaRef& input) {
    const sql::Scope scope{.schema = input, .index = std::make_shared<const ColumnIndex>(*input)};
    const std::vector<std::string> texts = context.list("aggregates");
    std::vector<sql::BoundAggregate> aggregates;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const int item = static_cast<int>(i);
        auto bound = accept(context, "aggregates", item, sql::bindAggregate(texts[i], scope));
        if (bound) aggregates.push_back(*std::move(bound));
    }
    if (texts.empty() && !context.failed()) {
        context.error("aggregates", RW_TEXT("window", "There is nothing to compute."),
                      RW_TEXT("window", "Add an aggregate, such as COUNT(*) AS n."));
    }
    return aggregates;
}

void addResultColumn(Schema& schema, const std::string& name, Type type) {
    std::string free = name;
    for (int number = 0; schema.find(free); ++number) free = name + std::to_string(number);
    schema.fields.push_back({free, type});
}

void addResultColumns(BindContext& context, Schema& schema,
                      const std::vector<sql::BoundAggregate>& aggregates) {
    for (std::size_t i = 0; i < aggregates.size(); ++i) {
        const sql::BoundAggregate& aggregate = aggregates[i];
        const bool taken = schema.find(aggregate.name).has_value();
        addResultColumn(schema, aggregate.name, aggregate.type);
        if (!taken) continue;
        const std::string other = otherName(schema, aggregate.function, aggregate.name);
        Issue& issue = context.issue(Severity::Warning, "aggregates",
                                     RW_TEXT("window", "“%1” is taken; this result is called “%2”.")
                                         .with(aggregate.name, schema.fields.back().name),
                                     RW_TEXT("window", "Give it another name after AS."));
        issue.item = static_cast<int>(i);
        const std::string call = sql::aggregateCallText(context.list("aggregates")[i]);
        QuickFix fix =
            replaceParam(context, "aggregates", issue.item, call + " AS " + sql::quoteIdentifier(other));
        fix.label = RW_TEXT("window", "Call it “%1”").with(other);
        issue.quickFixes.push_back(std::move(fix));
    }
}

void markAggregates(const std::vector<sql::BoundAggregate>& aggregates, ColumnSet& read) {
    for (const sql::BoundAggregate& aggregate : aggregates) {
        if (aggregate.argument) sql::markColumns(*aggregate.argument, read);
        if (aggregate.filter) sql::markColumns(*aggregate.filter, read);
    }
}

std::string listText(const BindContext& context, std::string_view param) {
    std::string out;
    for (const std::string& word : context.list(param)) out += (out.empty() ? "" : ", ") + word;
    return out;
}

std::string aggregatesText(const BindContext& context) {
    std::string out;
    for (const std::string& text : context.list("aggregates"))
        out += (out.empty() ? "" : ", ") + sql::aggregateCallText(text);
    return out;
}

}  // namespace rw

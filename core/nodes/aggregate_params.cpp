#include "core/nodes/aggregate_params.h"

#include <optional>
#include <utility>

#include "core/pipeline/bind_checks.h"

namespace rw {

ParamSpec aggregatesParam() {
    ParamSpec spec =
        makeParam("aggregates", ParamKind::Aggregates, RW_TEXT("window", "Aggregates"),
                  RW_TEXT("window",
                          "What is computed, each with a name: COUNT(*) AS n, AVG(load) AS mean, "
                          "MAX(price) FILTER (WHERE ok) AS best."));
    spec.required = true;
    spec.section = RW_TEXT("window", "Aggregates");
    return spec;
}

std::vector<sql::BoundAggregate> bindAggregates(BindContext& context, const SchemaRef& input) {
    const sql::Scope scope{input};
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

void addResultColumn(BindContext& context, Schema& schema, const std::string& name, Type type,
                     int aggregate) {
    std::string free = name;
    for (int number = 0; schema.find(free); ++number) free = name + std::to_string(number);
    if (free != name && aggregate >= 0) {
        Issue& issue =
            context.issue(Severity::Warning, "aggregates",
                          RW_TEXT("window", "“%1” is taken; this result is called “%2”.").with(name, free),
                          RW_TEXT("window", "Give it another name after AS."));
        issue.item = aggregate;
    }
    schema.fields.push_back({free, type});
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

#include "core/lineage/question.h"

#include <memory>
#include <numeric>
#include <utility>
#include <variant>

#include "core/lineage/row_conditions.h"
#include "core/sql/bind/bind.h"
#include "core/stream/lineage/row_match.h"

namespace rw {

namespace {

Status noSuchPort(const PlannedNode& node, const std::string& port) {
    std::string names;
    for (const PortSpec& spec : node.kind->outputs) names += (names.empty() ? "" : ", ") + spec.name;
    return Status(ErrorCode::Invalid, RW_TEXT("lineage", "“%1” has no output “%2”.").with(node.node, port),
                  RW_TEXT("lineage", "It has: %1").with(names))
        .at(node.node);
}

/// The output port itself, or that whose rows a sink takes.
Result<UpstreamPort> portAsked(const LineageQuestion& question, const Upstream& upstream) {
    const PlannedNode* const node = upstream.find(question.node);
    if (!node) {
        std::string names;
        for (const NodeId& id : upstream.order()) names += (names.empty() ? "" : ", ") + id;
        return Status(ErrorCode::NotFound,
                      RW_TEXT("lineage", "There is no node “%1” that runs.").with(question.node),
                      RW_TEXT("lineage", "These run: %1").with(names));
    }
    if (!node->kind->outputs.empty()) {
        const int port = question.port.empty() ? 0 : node->kind->outputPort(question.port);
        if (port < 0) return noSuchPort(*node, question.port);
        return UpstreamPort{question.node, port};
    }
    const std::vector<UpstreamPort>& producers = upstream.producers(question.node, 0);
    if (!question.port.empty() || producers.size() != 1) return noSuchPort(*node, question.port);
    return producers.front();
}

/// The values of the row that is asked about, by the columns of the port.
Result<Batch> valuesAsked(const LineageQuestion& question, const std::string& title,
                          const SchemaRef& schema) {
    const Batch& row = question.row;
    Batch values;
    values.schema = schema;
    values.rows = 1;
    values.columns.resize(schema->size());
    bool any = false;
    for (std::size_t i = 0; i < values.columns.size(); ++i) {
        const Field& field = schema->fields[i];
        const auto column = row.schema->find(field.name);
        if (!column) continue;
        const auto at = static_cast<std::size_t>(*column);
        if (!(row.schema->fields[at].type == field.type) || !row.columns[at]) continue;
        values.columns[i] = row.columns[at];
        any = true;
    }
    if (any) return values;
    return Status(ErrorCode::Invalid,
                  RW_TEXT("lineage", "“%1” has none of the columns of this row any more.").with(title),
                  RW_TEXT("lineage", "Ask about a row of the pipeline as it is now."));
}

}  // namespace

std::string askedText(const LineageQuestion& question) {
    if (question.row.rows == 0 && question.where.empty())
        return "row " + std::to_string(question.position + 1);
    if (question.row.rows == 0) return question.where;
    std::vector<int> columns(question.row.columns.size());
    std::iota(columns.begin(), columns.end(), 0);
    return english(cellsText(question.row, 0, columns));
}

Result<Asked> askedPort(const LineageQuestion& question, const Upstream& upstream,
                        const sql::EvalContext& eval) {
    RW_TRY_ASSIGN(const UpstreamPort port, portAsked(question, upstream));
    Asked asked;
    asked.node = port.node;
    asked.port = port.port;
    asked.portName = portOf(upstream, port).port;
    asked.type = upstream.find(port.node)->bound->outputs[static_cast<std::size_t>(port.port)];
    if (question.row.rows > 0) {
        RW_TRY_ASSIGN(asked.values, valuesAsked(question, titleOf(upstream, asked.node), asked.type.schema));
        auto match = std::make_shared<RowMatch>();
        match->asked = asked.values;
        match->equal = sameColumns(asked.values.columns.size());
        asked.condition = std::move(match);
        return asked;
    }
    if (question.where.empty() && question.position >= 0) {
        asked.condition = std::make_shared<PlaceCondition>(nullptr, question.position);
        return asked;
    }
    auto where = sql::bindCondition(question.where, {asked.type.schema});
    if (const auto* const error = std::get_if<sql::SqlError>(&where)) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("lineage", "The condition “%1”: %2").with(question.where, error->message),
                      error->fix);
    }
    asked.where = std::get<sql::BoundRef>(std::move(where));
    asked.condition = std::make_shared<WhereCondition>(asked.where, eval);
    if (question.position >= 0)
        asked.condition = std::make_shared<PlaceCondition>(asked.condition, question.position);
    return asked;
}

AskedRow askedRow(const PlannedNode& node, int port, const Batch& row, const sql::EvalContext& eval) {
    AskedRow asked;
    asked.port = port;
    asked.row = row;
    for (const InputInfo& input : node.inputs) asked.inputs.push_back(input.type);
    asked.eval = eval;
    const Json& params = node.declared->params;
    asked.nullOnError = params.contains("on_error") && params["on_error"] == "null";
    return asked;
}

PortRef portOf(const Upstream& upstream, const UpstreamPort& from) {
    return {from.node, upstream.find(from.node)->kind->outputs[static_cast<std::size_t>(from.port)].name};
}

}  // namespace rw

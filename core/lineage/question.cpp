#include "core/lineage/question.h"

#include <memory>
#include <utility>
#include <variant>

#include "core/lineage/row_conditions.h"
#include "core/sql/bind/bind.h"

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

}  // namespace

Result<Asked> askedPort(const LineageQuestion& question, const Upstream& upstream,
                        const sql::EvalContext& eval) {
    RW_TRY_ASSIGN(const UpstreamPort port, portAsked(question, upstream));
    Asked asked;
    asked.node = port.node;
    asked.port = port.port;
    asked.portName = portOf(upstream, port).port;
    asked.type = upstream.find(port.node)->bound->outputs[static_cast<std::size_t>(port.port)];
    auto where = sql::bindCondition(question.where, {asked.type.schema});
    if (const auto* const error = std::get_if<sql::SqlError>(&where)) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("lineage", "The condition “%1”: %2").with(question.where, error->message),
                      error->fix);
    }
    asked.where = std::get<sql::BoundRef>(std::move(where));
    asked.condition = std::make_shared<WhereCondition>(asked.where, eval);
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

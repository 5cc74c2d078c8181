#include "core/pipeline/checks/row_keys.h"

#include <algorithm>

#include "core/pipeline/prefill.h"
#include "core/sql/parse/ast.h"

namespace rw {

namespace {

bool namesColumn(const sql::Expr& expr) {
    return expr.kind == sql::Expr::Kind::Column ||
           std::any_of(expr.args.begin(), expr.args.end(),
                       [](const sql::ExprPtr& arg) { return namesColumn(*arg); });
}

/// Takes the keys away of which all rows have one value where the condition is true: `country = 'DE'`.
void dropFixed(const sql::Expr& condition, std::vector<std::string>& keys) {
    if (condition.kind != sql::Expr::Kind::Call) return;
    if (condition.name == "AND") {
        for (const sql::ExprPtr& part : condition.args) dropFixed(*part, keys);
    }
    if ((condition.name != "=" && condition.name != "IN") || condition.args.size() != 2) return;
    const auto fix = [&keys](const sql::Expr& column, const sql::Expr& value) {
        if (column.kind == sql::Expr::Kind::Column && !namesColumn(value)) std::erase(keys, column.name);
    };
    fix(*condition.args[0], *condition.args[1]);
    fix(*condition.args[1], *condition.args[0]);
}

/// With a variable in it a condition may not be one that can be read.
void dropFixed(const std::string& condition, std::vector<std::string>& keys) {
    const auto parsed = sql::parseExpression(condition);
    if (const auto* const tree = std::get_if<sql::ExprPtr>(&parsed)) {
        dropFixed(**tree, keys);
    } else {
        keys.clear();
    }
}

void keepOnly(const Json& columns, std::vector<std::string>& keys) {
    std::erase_if(keys, [&](const std::string& key) {
        return !columns.is_array() || std::find(columns.begin(), columns.end(), Json(key)) == columns.end();
    });
}

/// Whether its rows are those of its one input, or some of them.
bool passesRowsOn(const NodeKind& kind, const Reaching& reaching) {
    const auto rows = std::count_if(kind.outputs.begin(), kind.outputs.end(),
                                    [](const PortSpec& port) { return port.role == PortRole::Rows; });
    return rows == 1 && reaching.streams.size() == 1 && reaching.streams.front().size() == 1;
}

}  // namespace

std::vector<std::string> keysOf(const Node& node, const NodeKind& kind, const Reaching& reaching) {
    const ParamSpec *own = kind.param("keys"), *limit = kind.param("limit");
    if (own != nullptr && kind.param("aggregates") != nullptr) return groupKeys(node);
    if (!passesRowsOn(kind, reaching)) return {};
    std::vector<std::string> keys =
        rowKeys(reaching.producers.front().front().keys, reaching.streams.front().front());
    if (keys.empty()) return keys;
    // Of several rows one is left: for each of these columns (deduplicate), or of a partition (top_n).
    if (own != nullptr) keepOnly(paramValue(*own, node.params), keys);
    const ParamSpec* partition = kind.param("partition_by");
    if (partition != nullptr && limit != nullptr && paramValue(*limit, node.params) == Json(1))
        keepOnly(paramValue(*partition, node.params), keys);
    for (const ParamSpec& spec : kind.params) {
        const Json& condition = paramValue(spec, node.params);
        if (spec.kind == ParamKind::Condition && condition.is_string())
            dropFixed(condition.get<std::string>(), keys);
    }
    return keys;
}

}  // namespace rw

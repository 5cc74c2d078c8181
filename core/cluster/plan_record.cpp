#include "core/cluster/plan_record.h"

#include <algorithm>
#include <set>

#include "core/cluster/json_members.h"

namespace rw {

namespace {

constexpr std::int64_t kMostPlanNumbers = 1'000'000'000;

/// Sorted, as all lists of the record are.
std::vector<NodeId> nodesIn(const Json& json, const char* name) {
    std::vector<NodeId> nodes;
    for (const Json& node : memberOf(json, name)) {
        if (node.is_string()) nodes.push_back(node.get<std::string>());
    }
    std::sort(nodes.begin(), nodes.end());
    return nodes;
}

}  // namespace

Json planRecordJson(const PlanRecord& record) {
    Json operators = Json::array();
    for (const PlannedOperator& each : record.operators) {
        Json& json = operators.emplace_back(Json::object());
        json["number"] = each.number;
        json["type"] = each.type;
        json["text"] = each.text;
        json["nodes"] = each.nodes;
        json["into"] = each.into;
    }
    Json out = Json::object();
    out["next"] = record.next;
    out["operators"] = std::move(operators);
    return out;
}

PlanRecord planRecordOf(const Json& json) {
    PlanRecord record;
    std::set<std::int64_t> numbers;
    for (const Json& each : memberOf(json, "operators")) {
        const std::int64_t number = integerIn(each, "number");
        if (number < 1 || number >= kMostPlanNumbers || !numbers.insert(number).second) return {};
        PlannedOperator& made = record.operators.emplace_back();
        made.number = static_cast<int>(number);
        made.type = textIn(each, "type");
        made.text = textIn(each, "text");
        made.nodes = nodesIn(each, "nodes");
        made.into = nodesIn(each, "into");
    }
    const std::int64_t next = integerIn(json, "next");
    // A number that is given twice would give one node the state of another.
    const bool free = numbers.empty() || next > *numbers.rbegin();
    if (!free || next < 1 || next > kMostPlanNumbers) return {};
    record.next = static_cast<int>(next);
    return record;
}

}  // namespace rw

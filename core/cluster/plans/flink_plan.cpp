#include "core/cluster/plans/flink_plan.h"

#include <algorithm>
#include <unordered_map>

#include "core/cluster/json_members.h"

namespace rw {

namespace {

constexpr std::int64_t kMostOfPlan = 999'999'999;  // far below where an int ends

Status noPlan(const Text& what) {
    return {ErrorCode::Io, RW_TEXT("cluster", "The compiled plan of Flink can't be read: %1").with(what),
            RW_TEXT("cluster", "See whether the version of Flink is one that is known here.")};
}

/// “stream-exec-calc_1” without the version of its form.
std::string typeWithoutVersion(std::string type) {
    const std::size_t line = type.rfind('_');
    if (line == std::string::npos || line + 1 == type.size()) return type;
    if (type.find_first_not_of("0123456789", line + 1) == std::string::npos) type.erase(line);
    return type;
}

/// As they stand in the plan, with the numbers of those before each.
struct UnorderedPlan {
    std::vector<PlanOperator> operators{};
    std::vector<std::vector<int>> before{};
};

Result<UnorderedPlan> unorderedPlan(const Json& json) {
    UnorderedPlan out;
    std::unordered_map<std::int64_t, std::size_t> places;
    for (const Json& node : memberOf(json, "nodes")) {
        const std::int64_t number = integerIn(node, "id", -1);
        if (number < 0 || number > kMostOfPlan || !places.emplace(number, out.operators.size()).second)
            return noPlan(RW_TEXT("cluster", "it lacks “%1”").with("id"));
        PlanOperator& made = out.operators.emplace_back();
        made.number = static_cast<int>(number);
        made.type = typeWithoutVersion(textIn(node, "type"));
        made.text = textIn(node, "description");
        made.name = made.text.substr(0, made.text.find('('));
        if (made.type.empty()) return noPlan(RW_TEXT("cluster", "it lacks “%1”").with("type"));
    }
    out.before.resize(out.operators.size());
    for (const Json& edge : memberOf(json, "edges")) {
        const std::int64_t source = integerIn(edge, "source", -1);
        const auto target = places.find(integerIn(edge, "target", -1));
        if (!places.contains(source) || target == places.end())
            return noPlan(RW_TEXT("cluster", "its operators do not hang together"));
        out.before[target->second].push_back(static_cast<int>(source));
    }
    return out;
}

/// Places in the plan, those that send rows before those that take them; not all of them: there is a loop.
std::vector<std::size_t> planOrder(const UnorderedPlan& plan) {
    std::vector<std::size_t> order;
    std::unordered_map<int, bool> placed;
    for (bool more = true; more;) {
        more = false;
        for (std::size_t i = 0; i < plan.operators.size(); ++i) {
            const auto& before = plan.before[i];
            const bool ready =
                std::all_of(before.begin(), before.end(), [&](int number) { return placed[number]; });
            if (placed[plan.operators[i].number] || !ready) continue;
            placed[plan.operators[i].number] = true;
            order.push_back(i);
            more = true;
        }
    }
    return order;
}

}  // namespace

Result<FlinkPlan> FlinkPlan::read(std::string_view text) {
    FlinkPlan out;
    out.m_json = Json::parse(text, nullptr, false);
    const Json& nodes = memberOf(out.m_json, "nodes");
    if (!nodes.is_array() || nodes.empty()) return noPlan(RW_TEXT("cluster", "it lacks “%1”").with("nodes"));
    if (!memberOf(out.m_json, "edges").is_array())
        return noPlan(RW_TEXT("cluster", "it lacks “%1”").with("edges"));
    RW_TRY_ASSIGN(UnorderedPlan plan, unorderedPlan(out.m_json));
    out.m_places = planOrder(plan);
    if (out.m_places.size() != plan.operators.size())
        return noPlan(RW_TEXT("cluster", "its operators do not hang together"));
    std::unordered_map<int, std::size_t> places;
    for (const std::size_t at : out.m_places) {
        PlanOperator& made = out.m_operators.emplace_back(std::move(plan.operators[at]));
        places[made.number] = out.m_operators.size() - 1;
        for (const int number : plan.before[at]) made.inputs.push_back(places.at(number));
    }
    return out;
}

std::string FlinkPlan::text(const std::vector<int>& numbers, const std::vector<std::string>& heads) const {
    Json json = m_json;
    std::unordered_map<std::int64_t, int> given;
    Json& nodes = json["nodes"];
    for (std::size_t i = 0; i < m_operators.size(); ++i) {
        given[m_operators[i].number] = numbers[i];
        Json& node = nodes[m_places[i]];
        node["id"] = numbers[i];
        if (!heads[i].empty()) node["description"] = heads[i] + ": " + m_operators[i].text;
    }
    for (Json& edge : json["edges"]) {
        edge["source"] = given.at(integerIn(edge, "source"));
        edge["target"] = given.at(integerIn(edge, "target"));
    }
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<std::optional<std::size_t>> placesInPlan(const FlinkGraph& graph, const FlinkPlan& plan) {
    std::unordered_map<int, std::size_t> numbered;
    int firstOfPlan = plan.operators().front().number, firstOfGraph = -1;
    for (std::size_t i = 0; i < plan.operators().size(); ++i) {
        numbered[plan.operators()[i].number] = i;
        firstOfPlan = std::min(firstOfPlan, plan.operators()[i].number);
    }
    for (const FlinkOperator& made : graph.operators) {
        if (made.number >= 0 && (firstOfGraph < 0 || made.number < firstOfGraph)) firstOfGraph = made.number;
    }
    if (firstOfGraph < 0) return {};
    // The gateway counts on: both count alike, from another number on.
    std::vector<std::optional<std::size_t>> places(graph.operators.size());
    for (std::size_t i = 0; i < graph.operators.size(); ++i) {
        const FlinkOperator& made = graph.operators[i];
        if (made.number < 0) continue;
        const auto found = numbered.find(made.number - firstOfGraph + firstOfPlan);
        if (found == numbered.end()) return {};
        const PlanOperator& same = plan.operators()[found->second];
        // A sink is made of several operators, each with a name of its own.
        if (same.name != made.type && same.type != "stream-exec-sink") return {};
        places[i] = found->second;
    }
    return places;
}

}  // namespace rw

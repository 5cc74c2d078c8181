#include "core/cluster/flink_graph.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "core/cluster/json_members.h"

namespace rw {

namespace {

/// With its line end, which no text inside the plan's JSON can have.
constexpr std::string_view kSection = "== Physical Execution Plan ==\n";

/// An operator as the plan has it, with the plan's own ids.
struct Planned {
    std::int64_t id = 0;
    FlinkOperator made{};
    std::vector<std::int64_t> before{};
};

Status notReadable(const Text& what) {
    return {ErrorCode::Io, RW_TEXT("cluster", "Flink's plan of the job can't be read: %1").with(what),
            RW_TEXT("cluster", "See whether the version of Flink is one that is known here.")};
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// “[21]:Calc(select=[…])”, “StreamingFileWriter”
FlinkOperator readContents(std::string_view contents) {
    FlinkOperator out;
    const std::size_t close = contents.find("]:");
    // Nine digits are an int.
    if (contents.starts_with('[') && close != std::string_view::npos && close > 1 && close <= 10) {
        const std::string_view digits = contents.substr(1, close - 1);
        if (std::all_of(digits.begin(), digits.end(), isDigit)) {
            out.number = std::stoi(std::string(digits));
            contents.remove_prefix(close + 2);
        }
    }
    const std::size_t open = contents.find('(');
    out.type = contents.substr(0, open);
    if (open == std::string_view::npos) return out;
    contents.remove_prefix(open + 1);
    if (contents.ends_with(')')) contents.remove_suffix(1);
    out.text = contents;
    return out;
}

Result<std::vector<Planned>> readNodes(const Json& nodes) {
    std::vector<Planned> out;
    for (const Json& node : nodes) {
        const Json& id = memberOf(node, "id");
        if (!id.is_number_integer()) return notReadable(RW_TEXT("cluster", "it lacks “%1”").with("id"));
        Planned planned{id.get<std::int64_t>(), readContents(textIn(node, "contents")), {}};
        if (planned.made.type.empty())
            return notReadable(RW_TEXT("cluster", "it lacks “%1”").with("contents"));
        for (const Json& before : memberOf(node, "predecessors"))
            planned.before.push_back(integerIn(before, "id", -1));
        out.push_back(std::move(planned));
    }
    return out;
}

/// Where each stands in the graph, those that send it rows before it; nothing: they can't be put so.
std::optional<std::vector<std::size_t>> ordered(const std::vector<Planned>& nodes) {
    std::unordered_map<std::int64_t, std::size_t> places;
    std::vector<std::size_t> order;
    std::vector<bool> placed(nodes.size());
    for (bool more = true; more;) {
        more = false;
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const auto& before = nodes[i].before;
            const bool ready = std::all_of(before.begin(), before.end(),
                                           [&](std::int64_t id) { return places.contains(id); });
            if (placed[i] || !ready) continue;
            if (!places.emplace(nodes[i].id, order.size()).second) return std::nullopt;
            placed[i] = true;
            order.push_back(i);
            more = true;
        }
    }
    if (order.size() != nodes.size()) return std::nullopt;
    return order;
}

FlinkGraph graphOf(std::vector<Planned> nodes, const std::vector<std::size_t>& order) {
    std::unordered_map<std::int64_t, std::size_t> places;
    for (std::size_t place = 0; place < order.size(); ++place) places[nodes[order[place]].id] = place;
    FlinkGraph graph;
    for (const std::size_t i : order) {
        FlinkOperator& made = graph.operators.emplace_back(std::move(nodes[i].made));
        for (const std::int64_t id : nodes[i].before) made.inputs.push_back(places.at(id));
    }
    return graph;
}

}  // namespace

Result<FlinkGraph> readFlinkGraph(std::string_view explained) {
    // Sections before it hold braces, too, and SQL of the user.
    const std::size_t section = explained.rfind(kSection);
    if (section == std::string_view::npos)
        return notReadable(RW_TEXT("cluster", "it lacks “%1”").with("Physical Execution Plan"));
    const Json plan = Json::parse(explained.substr(section + kSection.size()), nullptr, false);
    const Json& nodes = memberOf(plan, "nodes");
    if (!nodes.is_array() || nodes.empty())
        return notReadable(RW_TEXT("cluster", "it lacks “%1”").with("nodes"));
    RW_TRY_ASSIGN(std::vector<Planned> planned, readNodes(nodes));
    const auto order = ordered(planned);
    if (!order) return notReadable(RW_TEXT("cluster", "its operators do not hang together"));
    return graphOf(std::move(planned), *order);
}

bool sameOperators(const FlinkGraph& a, const FlinkGraph& b) {
    return std::equal(a.operators.begin(), a.operators.end(), b.operators.begin(), b.operators.end(),
                      [](const FlinkOperator& one, const FlinkOperator& other) {
                          return one.type == other.type && one.inputs == other.inputs;
                      });
}

Json flinkGraphJson(const FlinkGraph& graph) {
    Json operators = Json::array();
    for (const FlinkOperator& each : graph.operators) {
        Json json = Json::object();
        if (each.number >= 0) json["number"] = each.number;
        json["type"] = each.type;
        if (!each.text.empty()) json["text"] = each.text;
        json["inputs"] = each.inputs;
        operators.push_back(std::move(json));
    }
    return Json{{"operators", std::move(operators)}};
}

FlinkGraph flinkGraphOf(const Json& json) {
    FlinkGraph graph;
    for (const Json& each : memberOf(json, "operators")) {
        FlinkOperator made;
        const std::int64_t number = integerIn(each, "number", -1);
        made.number = number >= 0 && number <= 999'999'999 ? static_cast<int>(number) : -1;
        made.type = textIn(each, "type");
        made.text = textIn(each, "text");
        for (const Json& input : memberOf(each, "inputs")) {
            const auto before = static_cast<std::int64_t>(graph.operators.size());
            const std::int64_t place = input.is_number_integer() ? input.get<std::int64_t>() : -1;
            if (place < 0 || place >= before) return {};
            made.inputs.push_back(static_cast<std::size_t>(place));
        }
        if (made.type.empty()) return {};
        graph.operators.push_back(std::move(made));
    }
    return graph;
}

}  // namespace rw

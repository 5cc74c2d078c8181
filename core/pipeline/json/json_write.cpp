#include "core/pipeline/json/json.h"
#include "core/pipeline/json/json_layout.h"

namespace rw {

namespace {

/// Whole numbers without a fraction, as people write places on a canvas.
Json number(double value) {
    constexpr double kExact = 1e15;
    if (value == std::floor(value) && std::abs(value) < kExact) return static_cast<std::int64_t>(value);
    return value;
}

Json pair(const Point& point) {
    return Json::array({number(point.x), number(point.y)});
}

Json write(const Settings& settings) {
    Json out = {{"time_zone", settings.timeZone}, {"parallelism", settings.parallelism}};
    if (!settings.memoryLimit.empty()) out["memory_limit"] = settings.memoryLimit;
    if (!settings.stateMemory.empty()) out["state_memory"] = settings.stateMemory;
    out.update(settings.unknown);
    return out;
}

Json write(const Node& node) {
    Json out = {{"id", node.id}, {"type", node.type}};
    if (!node.title.empty()) out["title"] = node.title;
    out["at"] = pair(node.at);
    if (node.disabled) out["disabled"] = true;
    if (node.collapsed) out["collapsed"] = true;
    if (!node.params.empty()) out["params"] = node.params;
    out.update(node.unknown);
    return out;
}

Json write(const DashboardCard& card) {
    Json out = {{"node", card.node},
                {"at", Json::array({card.column, card.row})},
                {"size", Json::array({card.width, card.height})}};
    out.update(card.unknown);
    return out;
}

Json write(const Note& note) {
    Json out = {{"text", note.text}, {"at", pair(note.at)}, {"size", pair(note.size)}};
    out.update(note.unknown);
    return out;
}

template <class T>
Json writeAll(const std::vector<T>& things) {
    Json out = Json::array();
    for (const T& thing : things) {
        if constexpr (std::is_same_v<T, Wire>) {
            out.push_back(writeWire(thing));
        } else {
            out.push_back(write(thing));
        }
    }
    return out;
}

}  // namespace

std::string savePipeline(const Pipeline& pipeline) {
    Json root = {{"rill", kFormatVersion}, {"name", pipeline.name}};
    for (const Variable& variable : pipeline.variables) root["variables"][variable.name] = variable.value;
    root["settings"] = write(pipeline.settings);
    root["nodes"] = writeAll(pipeline.nodes);
    root["wires"] = writeAll(pipeline.wires);
    const bool cards = !pipeline.cards.empty() || pipeline.noCards;
    if (cards) root["dashboard"]["cards"] = writeAll(pipeline.cards);
    if (!pipeline.unknownDashboard.empty()) {
        if (cards && pipeline.cards.empty()) root["dashboard"]["empty"] = true;  // see Reader::dashboard()
        root["dashboard"].update(pipeline.unknownDashboard);
    }
    if (!pipeline.notes.empty()) root["notes"] = writeAll(pipeline.notes);
    root.update(pipeline.unknown);
    return layOut(root);
}

}  // namespace rw

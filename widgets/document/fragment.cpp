#include "widgets/document/fragment.h"

#include <algorithm>
#include <map>

#include "core/pipeline/json.h"
#include "core/pipeline/limits.h"

namespace rw::ui {

namespace {

constexpr char kFragmentMimeType[] = "application/x-rillwright-pipeline";

bool contains(const std::vector<NodeId>& ids, const NodeId& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

// “Filter 2” → “Filter”, so that a copy of it is “Filter 3” and not “Filter 2 2”.
std::string withoutNumber(const std::string& title) {
    const std::size_t digits = title.find_last_not_of("0123456789");
    const bool numbered = digits != std::string::npos && digits + 1 < title.size() && title[digits] == ' ';
    return numbered && digits > 0 ? title.substr(0, digits) : title;
}

}  // namespace

Pipeline fragmentOf(const Pipeline& pipeline, const std::vector<NodeId>& nodes, bool inputs) {
    Pipeline fragment;
    for (const Node& node : pipeline.nodes) {
        if (contains(nodes, node.id)) fragment.nodes.push_back(node);
    }
    for (const Wire& wire : pipeline.wires) {
        if (contains(nodes, wire.to.node) && (inputs || contains(nodes, wire.from.node))) {
            fragment.wires.push_back(wire);
        }
    }
    return fragment;
}

std::unique_ptr<QMimeData> toMimeData(const Pipeline& fragment) {
    const QString text = QString::fromStdString(savePipeline(fragment));
    auto data = std::make_unique<QMimeData>();
    data->setData(QLatin1String(kFragmentMimeType), text.toUtf8());
    data->setText(text);
    return data;
}

std::optional<Pipeline> fragmentFrom(const QMimeData& data) {
    const QString own = QLatin1String(kFragmentMimeType);
    const QByteArray text = data.hasFormat(own) ? data.data(own) : data.text().toUtf8();
    if (!text.trimmed().startsWith('{')) return std::nullopt;
    Result<Loaded> loaded = loadPipeline({text.data(), static_cast<std::size_t>(text.size())});
    if (!loaded.ok() || loaded->pipeline.nodes.empty()) return std::nullopt;
    return std::move(loaded->pipeline);
}

Pipeline fitted(const Pipeline& fragment, const Pipeline& pipeline, Point offset) {
    Pipeline taken;  // knows all ids in use, the new ones too
    taken.nodes = pipeline.nodes;
    std::map<NodeId, NodeId> renamed;
    Pipeline part;
    for (Node node : fragment.nodes) {
        const NodeId old = node.id;
        if (taken.find(old) != nullptr) node.id = taken.freeId(node.type);
        node.title = freeTitle(pipeline, node.shownTitle(), part.nodes);
        node.at = {node.at.x + offset.x, node.at.y + offset.y};
        renamed[old] = node.id;
        taken.nodes.push_back(node);
        part.nodes.push_back(std::move(node));
    }
    for (Wire wire : fragment.wires) {
        const auto to = renamed.find(wire.to.node);
        const auto from = renamed.find(wire.from.node);
        if (to == renamed.end()) continue;
        if (from == renamed.end() && pipeline.find(wire.from.node) == nullptr) continue;
        wire.to.node = to->second;
        if (from != renamed.end()) wire.from.node = from->second;
        part.wires.push_back(std::move(wire));
    }
    for (Note note : fragment.notes) {
        note.at = {note.at.x + offset.x, note.at.y + offset.y};
        part.notes.push_back(std::move(note));
    }
    return part;
}

std::string freeTitle(const Pipeline& pipeline, const std::string& title, const std::vector<Node>& others) {
    constexpr std::size_t kNumberLength = 12;
    const std::string wanted = firstCharacters(title, kMaxTitle);
    const auto taken = [&](const std::string& any) {
        return std::any_of(pipeline.nodes.begin(), pipeline.nodes.end(),
                           [&](const Node& node) { return node.shownTitle() == any; }) ||
               std::any_of(others.begin(), others.end(),
                           [&](const Node& node) { return node.shownTitle() == any; });
    };
    if (!taken(wanted)) return wanted;
    const std::string stem = firstCharacters(withoutNumber(wanted), kMaxTitle - kNumberLength);
    for (int number = 2;; ++number) {
        std::string numbered = stem + " " + std::to_string(number);
        if (!taken(numbered)) return numbered;
    }
}

}  // namespace rw::ui

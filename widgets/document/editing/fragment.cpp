#include "widgets/document/editing/fragment.h"

#include <unordered_map>
#include <unordered_set>

#include "core/pipeline/json/json.h"
#include "widgets/document/editing/used_names.h"

namespace rw::ui {

namespace {

constexpr char kFragmentMimeType[] = "application/x-rillwright-pipeline";

}  // namespace

Pipeline fragmentOf(const Pipeline& pipeline, const NoteIndex& notes, const std::vector<ItemRef>& items,
                    bool inputs) {
    const std::unordered_set<ItemRef> chosen(items.begin(), items.end());
    Pipeline fragment;
    for (const Node& node : pipeline.nodes) {
        if (chosen.contains(node.id)) fragment.nodes.push_back(node);
    }
    for (const Wire& wire : pipeline.wires) {
        if (chosen.contains(wire.to.node) && (inputs || chosen.contains(wire.from.node)))
            fragment.wires.push_back(wire);
    }
    for (std::size_t i = 0; i < pipeline.notes.size(); ++i) {
        if (chosen.contains(notes.ids()[i])) fragment.notes.push_back(pipeline.notes[i]);
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
    if (!loaded.ok() || (loaded->pipeline.nodes.empty() && loaded->pipeline.notes.empty()))
        return std::nullopt;
    return std::move(loaded->pipeline);
}

Pipeline fitted(const Pipeline& fragment, const Pipeline& pipeline, Point offset) {
    UsedNames taken(pipeline);
    std::unordered_set<NodeId> there;
    for (const Node& node : pipeline.nodes) there.insert(node.id);
    std::unordered_map<NodeId, NodeId> renamed;
    Pipeline part;
    for (Node node : fragment.nodes) {
        const NodeId old = node.id;
        if (taken.hasId(old)) node.id = taken.freeId(node.type);
        node.title = taken.freeTitle(node.shownTitle());
        node.at = {node.at.x + offset.x, node.at.y + offset.y};
        renamed[old] = node.id;
        taken.add(node);
        part.nodes.push_back(std::move(node));
    }
    for (Wire wire : fragment.wires) {
        const auto to = renamed.find(wire.to.node);
        const auto from = renamed.find(wire.from.node);
        if (to == renamed.end()) continue;
        if (from == renamed.end() && !there.contains(wire.from.node)) continue;
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

}  // namespace rw::ui

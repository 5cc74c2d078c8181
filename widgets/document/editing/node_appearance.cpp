#include "widgets/document/editing/node_appearance.h"

#include <algorithm>

#include "widgets/theme/shown_text.h"

namespace rw::ui {

NodeAppearance appearanceOf(const PipelineDocument& document, const NodeId& id) {
    const Node* node = document.node(id);
    NodeAppearance mark{
        node != nullptr ? titleOf(*node) : shownText(QString::fromStdString(id)), {}, ColorRole::Dim};
    if (const NodeKind* kind = document.kindOf(id)) {
        mark.icon = iconOf(*kind, node->params);
        mark.role = kindRole(kind->group);
    }
    return mark;
}

QString titleOf(const Node& node) {
    return shownText(QString::fromStdString(node.shownTitle()));
}

QString titleOf(const Pipeline& pipeline, const NodeId& id) {
    const Node* node = pipeline.find(id);
    return node != nullptr ? titleOf(*node) : shownText(QString::fromStdString(id));
}

const PaletteEntry* entryOf(const NodeKind& kind, const Json& params) {
    const PaletteEntry* best = nullptr;
    for (const PaletteEntry& entry : kind.palette) {
        const auto preset = entry.params.items();
        const bool same = std::all_of(preset.begin(), preset.end(), [&](const auto& item) {
            const auto found = params.find(item.key());
            return found != params.end() && *found == item.value();
        });
        if (same && (best == nullptr || entry.params.size() > best->params.size())) best = &entry;
    }
    return best;
}

QString iconOf(const NodeKind& kind, const Json& params) {
    const PaletteEntry* entry = entryOf(kind, params);
    return QString::fromStdString(entry != nullptr ? entry->icon : kind.palette.front().icon);
}

ColorRole kindRole(NodeGroup group) {
    if (group == NodeGroup::Source) return ColorRole::SourceText;
    return group == NodeGroup::Sink ? ColorRole::SinkText : ColorRole::OperatorText;
}

const KindColors& kindColors(const Tokens& tokens, NodeGroup group) {
    if (group == NodeGroup::Source) return tokens.source;
    return group == NodeGroup::Sink ? tokens.sink : tokens.op;
}

}  // namespace rw::ui

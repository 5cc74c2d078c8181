#include "widgets/panels/node_mark.h"

namespace rw::ui {
namespace {

ColorRole roleOf(NodeGroup group) {
    switch (group) {
        case NodeGroup::Source:
            return ColorRole::SourceText;
        case NodeGroup::Sink:
            return ColorRole::SinkText;
        default:
            return ColorRole::OperatorText;
    }
}

}  // namespace

NodeMark markOf(const PipelineDocument& document, const NodeId& id) {
    const Node* node = document.pipeline().find(id);
    if (node == nullptr) return {QString::fromStdString(id), {}, ColorRole::Dim};
    NodeMark mark{QString::fromStdString(node->shownTitle()), {}, ColorRole::Dim};
    if (const NodeKind* kind = document.kindOf(id)) {
        mark.icon = QString::fromStdString(kind->palette.front().icon);
        mark.role = roleOf(kind->group);
    }
    return mark;
}

}  // namespace rw::ui

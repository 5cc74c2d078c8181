// How panels name a node: its title with the icon and the colour of its kind.
#pragma once
#include <QString>

#include "widgets/document/pipeline_document.h"
#include "widgets/theme/tokens.h"

namespace rw::ui {

struct NodeMark {
    QString title;  ///< the id where the node is gone
    QString icon;   ///< for Theme::icon(); empty for an unknown type
    ColorRole role = ColorRole::Dim;
};

NodeMark markOf(const PipelineDocument& document, const NodeId& node);

}  // namespace rw::ui

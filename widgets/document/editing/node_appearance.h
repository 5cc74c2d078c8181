// How a node is named and marked wherever it is shown: its title, its icon, the colours of its kind.
#pragma once
#include <QString>

#include "widgets/document/pipeline_document.h"
#include "widgets/theme/tokens.h"

namespace rw::ui {

struct NodeAppearance {
    QString title;  ///< the id where the node is gone
    QString icon;   ///< for Theme::icon(); empty for an unknown type
    ColorRole role = ColorRole::Dim;
};

NodeAppearance appearanceOf(const PipelineDocument& document, const NodeId& node);

/// Its title as shownText() makes it: every place that shows one asks here.
QString titleOf(const Node& node);
/// The same; the id where the node is gone.
QString titleOf(const Pipeline& pipeline, const NodeId& node);

/// The palette entry that a node was made from: the one with most presets that its parameters still have.
/// Null: none fits.
const PaletteEntry* entryOf(const NodeKind& kind, const Json& params);

/// The icon of that entry, so that Memory does not look like CPU; else of the kind.
QString iconOf(const NodeKind& kind, const Json& params);

ColorRole kindRole(NodeGroup group);  ///< of words and icons on panels
const KindColors& kindColors(const Tokens& tokens, NodeGroup group);

}  // namespace rw::ui

// The template of a new node: an entry of the palette, or one found by typing. Travels in drags.
#pragma once
#include <QMimeData>
#include <QString>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"

namespace rw::ui {

struct NodeTemplate {
    std::string type;
    Json params = Json::object();
    QString title{};  ///< made unique when the node is added
};

/// An entry of the palette as people see it.
struct TemplateEntry {
    NodeTemplate node;
    QString name, hint;
    QString icon;  ///< for Theme::icon()
    NodeGroup group = NodeGroup::Transform;
};

/// Every palette entry of every node type, in the catalogue's order, in the language of the interface.
std::vector<TemplateEntry> templateEntries(const Catalogue& catalogue);

/// How well `typed` finds `entry`, by letters of its name, hint and type in their order; 0: not at all.
int matchScore(const QString& typed, const TemplateEntry& entry);

/// Those that `typed` finds, the best first.
std::vector<TemplateEntry> matching(const std::vector<TemplateEntry>& entries, const QString& typed);

inline constexpr char kTemplateMimeType[] = "application/x-rillwright-node";
std::unique_ptr<QMimeData> toMimeData(const NodeTemplate& node);
std::optional<NodeTemplate> nodeTemplate(const QMimeData& data);

}  // namespace rw::ui

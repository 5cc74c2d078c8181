// The help pages inside the program: Markdown below :/help/<language>/.
#pragma once
#include <QString>
#include <vector>

#include "core/pipeline/node_kind.h"

namespace rw::ui {

struct HelpPage {
    QString name;   ///< its path without language and ending: “event_time”, “nodes/filter”
    QString title;  ///< its first heading
};

/// In the language of the interface: general pages first, then those of node types in the catalogue's order.
std::vector<HelpPage> helpPages(const Catalogue& catalogue);

/// The page of a node type.
QString helpPageOf(const QString& nodeType);

/// Its first heading, in the language of the interface.
QString helpTitle(const QString& page);

/// Its Markdown in the language of the interface, else in English, with the tables that are made of the
/// program's data; empty: there is no such page.
QString helpText(const QString& page, const Catalogue& catalogue);

}  // namespace rw::ui

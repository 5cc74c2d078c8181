// The parts of the help that are made of the tables of core/deploy, so that the help never disagrees with
// badges and exports.
#pragma once
#include <QString>

#include "core/pipeline/node_kind.h"

namespace rw::ui {

/// The Markdown of a page with the tables that it asks for by lines of their own: `[//]: # (verdicts)`,
/// `[//]: # (portable nodes)`, `[//]: # (portable functions)`, `[//]: # (portable aggregates)`.
QString withDeployTables(QString text, const Catalogue& catalogue);

/// The part below the page of a node type: the verdicts of other engines on its nodes. Empty: it is another
/// page.
QString deployNote(const QString& page, const Catalogue& catalogue);

}  // namespace rw::ui

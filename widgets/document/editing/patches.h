// The patches of a user's edits. Each is made for the pipeline as it is now, and only as large as its
// changes.
#pragma once
#include <map>
#include <utility>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/pipeline/patch.h"
#include "widgets/document/editing/note_index.h"

namespace rw::ui {

/// Items of a pipeline by their places; each list rises.
struct Places {
    std::vector<std::size_t> nodes{}, wires{}, cards{}, notes{};
};

/// The places of these items, of all wires at the nodes and of the nodes' cards.
Places placesOf(const Pipeline& pipeline, const NoteIndex& notes, const std::vector<ItemRef>& items);

/// Nodes, wires, cards and notes of `part` behind those that are there.
Patch adding(const Pipeline& pipeline, const Pipeline& part);
Patch removing(const Pipeline& pipeline, const Places& places);
/// Takes wires away and adds others behind the rest.
Patch replacingWires(const Pipeline& pipeline, const std::vector<std::size_t>& gone,
                     const std::vector<Wire>& added);
/// The nearest place that a file can hold.
Point withinReach(Point at);
/// The same for all places and sizes that the patch gives.
Patch withinReach(Patch patch);
// None of those below looks for a node: a caller that changes thousands has found them.
Patch moving(const std::vector<std::pair<const Node*, Point>>& targets);
Patch renaming(const Node& node, const std::string& title);
/// Null: the parameter goes, and its default holds.
Patch settingParam(const Node& node, const std::string& param, const Json& value);
/// Lets the wires at `node` follow ports that have another name in `after` than in `before`; told by their
/// places, and only where no port came or went. `inPlace`: none has changed places with another either, so
/// that one that is called now as another was is still itself.
void followPorts(const Pipeline& pipeline, const NodeId& node, const NodeKind& before, const NodeKind& after,
                 bool inPlace, Patch& patch);
Patch disabling(const std::vector<NodeId>& nodes, bool disabled);    ///< those that are not yet
Patch collapsing(const std::vector<NodeId>& nodes, bool collapsed);  ///< those that are not yet
Patch replacingCards(const Pipeline& pipeline, const std::vector<DashboardCard>& cards);
/// By their places, which must be there.
ListChange<Note> replacingNotes(const Pipeline& pipeline, const std::map<std::size_t, Note>& notes);

}  // namespace rw::ui

// The patches of a person's edits. Each is made for the pipeline as it is now, and only as large as what it
// changes.
#pragma once
#include <utility>
#include <vector>

#include "core/pipeline/patch.h"

namespace rw::ui {

/// Items of a pipeline by their places; each list rises.
struct Places {
    std::vector<std::size_t> nodes{}, wires{}, cards{}, notes{};
};

/// The places of these nodes and wires, of all wires at the nodes and of the nodes' cards.
Places placesOf(const Pipeline& pipeline, const std::vector<NodeId>& nodes, const std::vector<Wire>& wires);

/// Nodes, wires, cards and notes of `part` behind those that are there.
Patch adding(const Pipeline& pipeline, const Pipeline& part);
Patch removing(const Pipeline& pipeline, const Places& places);
/// Takes wires away and adds others behind the rest.
Patch replacingWires(const Pipeline& pipeline, const std::vector<std::size_t>& gone,
                     const std::vector<Wire>& added);
// Nodes and places must be there.
Patch moving(const Pipeline& pipeline, const std::vector<std::pair<NodeId, Point>>& targets);
Patch renaming(const Node& node, const std::string& title);
/// Null: the parameter goes, and its default holds.
Patch settingParam(const Node& node, const std::string& param, const Json& value);
Patch disabling(const std::vector<NodeId>& nodes, bool disabled);    ///< those that are not yet
Patch collapsing(const std::vector<NodeId>& nodes, bool collapsed);  ///< those that are not yet
Patch replacingCards(const Pipeline& pipeline, const std::vector<DashboardCard>& cards);
Patch replacingNote(const Pipeline& pipeline, std::size_t place, const Note& note);

}  // namespace rw::ui

// The undo steps of a document; each one's class stands in the .cpp file of its name. They keep only what
// they change, never a copy of the whole pipeline. `text` is the step's name (“Connect”).
#pragma once
#include <QUndoCommand>
#include <memory>

#include "widgets/document/edits.h"

namespace rw::ui {

using CommandRef = std::unique_ptr<QUndoCommand>;

/// Commands of the same number take over the one before when they change the same thing.
enum class MergeId { MoveNodes = 1, SetParam, SetProperties };

/// Adds nodes, wires, cards and notes: add, paste, duplicate, connect.
CommandRef addPart(Edits& edits, Part part, const QString& text);
/// Takes them away: delete, disconnect. `places` says which.
CommandRef removePart(Edits& edits, Places places, const QString& text);
/// Other wires instead of some: move a wire end, insert on a wire.
CommandRef replaceWires(Edits& edits, std::vector<std::size_t> gone, std::vector<Wire> added,
                        const QString& text);
/// `continued`: may join the move before of the same nodes (arrow keys).
CommandRef moveNodes(Edits& edits, std::vector<std::pair<NodeId, Point>> targets, bool continued,
                     const QString& text);
/// Null: the parameter goes back to its default. Consecutive edits of one field are one step.
CommandRef setParam(Edits& edits, const NodeId& node, const std::string& param, const Json& value,
                    const QString& text);
CommandRef setTitle(Edits& edits, const NodeId& node, const std::string& title, const QString& text);
CommandRef setFlag(Edits& edits, std::vector<NodeId> nodes, NodeFlag flag, bool value, const QString& text);
CommandRef setProperties(Edits& edits, Properties properties, const QString& text);
CommandRef setCards(Edits& edits, std::vector<DashboardCard> cards, const QString& text);
CommandRef setNote(Edits& edits, std::size_t place, Note note, const QString& text);

}  // namespace rw::ui

#include "widgets/document/editing/edits.h"

#include <algorithm>

#include "core/pipeline/diff.h"
#include "widgets/document/editing/patches.h"

namespace rw::ui {

namespace {

using Kind = DocumentChange::Kind;

std::vector<ItemRef> refs(const std::vector<Placed<Node>>& nodes) {
    std::vector<ItemRef> items;
    for (const auto& placed : nodes) items.emplace_back(placed.item.id);
    return items;
}

std::vector<ItemRef> refs(const std::vector<Placed<Wire>>& wires) {
    std::vector<ItemRef> items;
    for (const auto& placed : wires) items.emplace_back(placed.item);
    return items;
}

std::vector<ItemRef> refs(const std::vector<NoteId>& notes) {
    return {notes.begin(), notes.end()};
}

bool samePlaces(const ListChange<Note>& notes) {
    return std::equal(notes.taken.begin(), notes.taken.end(), notes.put.begin(), notes.put.end(),
                      [](const auto& taken, const auto& put) { return taken.place == put.place; });
}

}  // namespace

bool absorb(Edit& earlier, const Edit& later) {
    if (earlier.notesRemoved != earlier.notesInserted || later.notesRemoved != later.notesInserted ||
        earlier.notesInserted != later.notesRemoved) {
        return false;
    }
    if (earlier.notesInserted.empty()) return absorb(earlier.patch, later.patch);
    Patch rest = later.patch;  // that of comments which change is a list's to a patch, and not to be absorbed
    rest.notes = {};
    ListChange<Note> notes = std::exchange(earlier.patch.notes, {});
    const bool absorbed = absorb(earlier.patch, rest);
    if (absorbed) notes.put = later.patch.notes.put;
    earlier.patch.notes = std::move(notes);
    return absorbed;
}

bool changesNothing(const Edit& edit) {
    const auto& [taken, put] = edit.patch.notes;
    const bool same = samePlaces(edit.patch.notes) &&
                      std::equal(taken.begin(), taken.end(), put.begin(), put.end(),
                                 [](const auto& a, const auto& b) { return a.item == b.item; });
    if (!same) return false;
    if (taken.empty()) return changesNothing(edit.patch);
    Patch rest = edit.patch;
    rest.notes = {};
    return changesNothing(rest);
}

void Edits::apply(Edit& edit) {
    m_applying = true;
    nameNotes(edit);
    removeItems(m_pipeline, edit.patch);
    m_notes.removeItems(edit.patch.notes.taken);
    notifyRemoved(edit);
    changeInPlace(m_pipeline, edit.patch);
    notifyChanged(edit.patch);
    insertItems(m_pipeline, edit.patch);
    m_notes.insertItems(edit.patch.notes.put, edit.notesInserted);
    notifyInserted(edit);
    m_applying = false;
}

void Edits::revert(const Edit& edit) {
    Edit back{invert(edit.patch), edit.notesInserted, edit.notesRemoved};
    apply(back);
}

// Done again it has them already.
void Edits::nameNotes(Edit& edit) {
    const auto& [taken, put] = edit.patch.notes;
    if (edit.notesRemoved.size() == taken.size() && edit.notesInserted.size() == put.size()) return;
    edit.notesRemoved.clear();
    for (const auto& placed : taken) edit.notesRemoved.push_back(m_notes.ids()[placed.place]);
    edit.notesInserted = samePlaces(edit.patch.notes) ? edit.notesRemoved : m_notes.make(put.size());
}

void Edits::notifyRemoved(const Edit& edit) const {
    const Patch& patch = edit.patch;
    if (!patch.wires.taken.empty()) m_notify({.kind = Kind::WiresRemoved, .items = refs(patch.wires.taken)});
    if (!patch.nodes.taken.empty()) m_notify({.kind = Kind::NodesRemoved, .items = refs(patch.nodes.taken)});
    if (!edit.notesRemoved.empty() && edit.notesRemoved != edit.notesInserted)
        m_notify({.kind = Kind::NotesRemoved, .items = refs(edit.notesRemoved)});
}

// One signal for all nodes: with a thousand of them each receiver would search for each.
void Edits::notifyChanged(const Patch& patch) const {
    DocumentChange moved{.kind = Kind::NodesMoved}, params{.kind = Kind::ParamChanged},
        titles{.kind = Kind::TitleChanged}, flags{.kind = Kind::FlagsChanged};
    for (const NodeChange& change : patch.changed) {
        if (change.at) moved.items.emplace_back(change.node);
        if (!change.params.empty() || !change.values.empty()) params.items.emplace_back(change.node);
        if (change.title) titles.items.emplace_back(change.node);
        if (change.disabled || change.collapsed) flags.items.emplace_back(change.node);
    }
    for (const DocumentChange* told : {&moved, &params, &titles, &flags}) {
        if (!told->items.empty()) m_notify(*told);
    }
    if (patch.settings || patch.variables || patch.name || patch.unknown || patch.unknownDashboard)
        m_notify({.kind = Kind::PropertiesChanged});
}

void Edits::notifyInserted(const Edit& edit) const {
    const Patch& patch = edit.patch;
    if (!patch.nodes.put.empty()) m_notify({.kind = Kind::NodesAdded, .items = refs(patch.nodes.put)});
    if (!patch.wires.put.empty()) m_notify({.kind = Kind::WiresAdded, .items = refs(patch.wires.put)});
    if (!patch.cards.empty() || patch.noCards) m_notify({.kind = Kind::CardsChanged});
    if (edit.notesInserted.empty()) return;
    const bool changed = edit.notesRemoved == edit.notesInserted;
    m_notify({.kind = changed ? Kind::NotesChanged : Kind::NotesAdded, .items = refs(edit.notesInserted)});
}

EditStep::EditStep(Edits& edits, Patch patch, const QString& text, Series series)
    : QUndoCommand(text), m_edits(edits), m_edit{.patch = withinReach(std::move(patch))}, m_series(series) {}

bool EditStep::mergeWith(const QUndoCommand* next) {
    const auto* step = static_cast<const EditStep*>(next);
    if (step->m_series == Series::Following) return takeIn(*step);
    if (m_series == Series::Properties && step->text() != text()) return false;
    if (!absorb(m_edit, step->m_edit)) return false;
    setObsolete(changesNothing(m_edit));
    return true;
}

// Both were applied: the difference is that between now and before the first of them.
bool EditStep::takeIn(const EditStep& follower) {
    if (!m_edit.patch.notes.empty() || !follower.m_edit.patch.notes.empty()) return false;
    Pipeline before = m_edits.pipeline();
    rw::apply(before, invert(follower.m_edit.patch));
    rw::apply(before, invert(m_edit.patch));
    m_edit.patch = diff(before, m_edits.pipeline());
    return true;
}

}  // namespace rw::ui

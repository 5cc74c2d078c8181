#include "widgets/document/editing/edit_step.h"

namespace rw::ui {

EditStep::EditStep(Edits& edits, Patch patch, const QString& text, Series series)
    : QUndoCommand(text), m_edits(edits), m_edit{.patch = std::move(patch)}, m_series(series) {}

bool EditStep::mergeWith(const QUndoCommand* next) {
    const auto* step = static_cast<const EditStep*>(next);
    if (m_series == Series::Properties && step->text() != text()) return false;
    if (!absorb(m_edit, step->m_edit)) return false;
    setObsolete(changesNothing(m_edit));
    return true;
}

}  // namespace rw::ui

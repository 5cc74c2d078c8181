#include "widgets/document/edit_step.h"

namespace rw::ui {

EditStep::EditStep(Edits& edits, Patch patch, const QString& text, Series series)
    : QUndoCommand(text), m_edits(edits), m_patch(std::move(patch)), m_series(series) {}

bool EditStep::mergeWith(const QUndoCommand* next) {
    const auto* step = static_cast<const EditStep*>(next);
    if (m_series == Series::Properties && step->text() != text()) return false;
    if (!absorb(m_patch, step->m_patch)) return false;
    setObsolete(changesNothing(m_patch));
    return true;
}

}  // namespace rw::ui

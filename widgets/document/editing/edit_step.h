// An undo step of a document: an edit with a name.
#pragma once
#include <QUndoCommand>

#include "widgets/document/editing/edits.h"

namespace rw::ui {

class EditStep : public QUndoCommand {
 public:
    /// Steps that follow each other become one when they are of the same series and change the same things;
    /// the numbers are QUndoCommand::id()'s.
    enum class Series { None = -1, Moves = 1, Typing, Properties, Sizes };

    /// `text` is the step's name (“Connect”); empty within a step of several.
    EditStep(Edits& edits, Patch patch, const QString& text, Series series = Series::None);

    void redo() override { m_edits.apply(m_edit); }
    void undo() override { m_edits.revert(m_edit); }
    int id() const override { return static_cast<int>(m_series); }
    bool mergeWith(const QUndoCommand* next) override;

 private:
    Edits& m_edits;
    Edit m_edit;
    Series m_series;
};

}  // namespace rw::ui

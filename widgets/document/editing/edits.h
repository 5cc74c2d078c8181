// The undo steps of a document, and the one way into its pipeline: steps take their patches through it, no
// other code may touch the pipeline.
#pragma once
#include <QUndoCommand>
#include <functional>

#include "core/pipeline/patch.h"
#include "widgets/document/editing/document_change.h"
#include "widgets/document/editing/note_index.h"

namespace rw::ui {

/// A patch with the names of the comments in it, which it can't hold itself: they are the session's.
struct Edit {
    Patch patch{};
    // One for each of patch.notes; none before it was applied the first time. A patch that puts comments
    // exactly where it takes some changes those, and the names are the same.
    std::vector<NoteId> notesRemoved{}, notesInserted{};
};

/// Makes `earlier` have the effect of both when `later` only gives other values to fields that `earlier`
/// changes already; both were applied. Otherwise false, and nothing is done.
bool absorb(Edit& earlier, const Edit& later);

/// Whether everything is the same before and after.
bool changesNothing(const Edit& edit);

class Edits {
 public:
    using Notify = std::function<void(const DocumentChange&)>;
    /// All must outlive the edits.
    Edits(Pipeline& pipeline, NoteIndex& notes, Notify notify)
        : m_pipeline(pipeline), m_notes(notes), m_notify(std::move(notify)) {}

    const Pipeline& pipeline() const { return m_pipeline; }
    /// First removes items, then changes those that stay, then inserts new ones; signals each when the pipeline
    /// has taken it. Names comments that have no names yet.
    void apply(Edit& edit);
    void revert(const Edit& edit);
    /// While the views of the pipeline are being told.
    bool isApplying() const { return m_applying; }

 private:
    void nameNotes(Edit& edit);
    void notifyRemoved(const Edit& edit) const;
    void notifyChanged(const Patch& patch) const;
    void notifyInserted(const Edit& edit) const;

    Pipeline& m_pipeline;
    NoteIndex& m_notes;
    Notify m_notify;
    bool m_applying = false;
};

/// An edit with a name. Places that no file can hold become the nearest ones that it can.
class EditStep : public QUndoCommand {
 public:
    /// Steps that follow each other become one when they are of the same series and change the same things;
    /// the numbers are QUndoCommand::id()'s. What follows from something typed becomes a part of that step,
    /// whatever it changes.
    enum class Series { None = -1, Moves = 1, Typing, Properties, Sizes, Following };

    /// `text` is the step's name (“Connect”); empty within a step of several.
    EditStep(Edits& edits, Patch patch, const QString& text, Series series = Series::None);

    void redo() override { m_edits.apply(m_edit); }
    void undo() override { m_edits.revert(m_edit); }
    int id() const override {
        return static_cast<int>(m_series == Series::Following ? Series::Typing : m_series);
    }
    bool mergeWith(const QUndoCommand* next) override;

 private:
    bool takeIn(const EditStep& follower);

    Edits& m_edits;
    Edit m_edit;
    Series m_series;
};

}  // namespace rw::ui

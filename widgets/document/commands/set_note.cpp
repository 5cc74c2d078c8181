#include "widgets/document/commands/commands.h"

namespace rw::ui {

namespace {

class SetNote : public QUndoCommand {
 public:
    SetNote(Edits& edits, std::size_t place, Note note, const QString& text)
        : QUndoCommand(text),
          m_edits(edits),
          m_place(place),
          m_old(edits.pipeline().notes[place]),
          m_new(std::move(note)) {}

    void redo() override { m_edits.setNote(m_place, m_new); }
    void undo() override { m_edits.setNote(m_place, m_old); }

 private:
    Edits& m_edits;
    std::size_t m_place;
    Note m_old, m_new;
};

}  // namespace

CommandRef setNote(Edits& edits, std::size_t place, Note note, const QString& text) {
    return std::make_unique<SetNote>(edits, place, std::move(note), text);
}

}  // namespace rw::ui

#include "widgets/document/commands/commands.h"

namespace rw::ui {

namespace {

class AddPart : public QUndoCommand {
 public:
    AddPart(Edits& edits, Part part, const QString& text)
        : QUndoCommand(text), m_edits(edits), m_part(std::move(part)) {}

    void redo() override { m_places = m_edits.put(m_part); }
    void undo() override { m_part = m_edits.take(m_places); }

 private:
    Edits& m_edits;
    Part m_part;
    Places m_places{};
};

}  // namespace

CommandRef addPart(Edits& edits, Part part, const QString& text) {
    return std::make_unique<AddPart>(edits, std::move(part), text);
}

}  // namespace rw::ui

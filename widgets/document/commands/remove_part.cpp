#include "widgets/document/commands/commands.h"

namespace rw::ui {

namespace {

class RemovePart : public QUndoCommand {
 public:
    RemovePart(Edits& edits, Places places, const QString& text)
        : QUndoCommand(text), m_edits(edits), m_places(std::move(places)) {}

    void redo() override { m_part = m_edits.take(m_places); }
    void undo() override { m_edits.put(m_part); }

 private:
    Edits& m_edits;
    Places m_places;
    Part m_part{};
};

}  // namespace

CommandRef removePart(Edits& edits, Places places, const QString& text) {
    return std::make_unique<RemovePart>(edits, std::move(places), text);
}

}  // namespace rw::ui

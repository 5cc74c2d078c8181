#include "widgets/document/commands/commands.h"

namespace rw::ui {

namespace {

class SetCards : public QUndoCommand {
 public:
    SetCards(Edits& edits, std::vector<DashboardCard> cards, const QString& text)
        : QUndoCommand(text), m_edits(edits), m_old(edits.pipeline().cards), m_new(std::move(cards)) {}

    void redo() override { m_edits.setCards(m_new); }
    void undo() override { m_edits.setCards(m_old); }

 private:
    Edits& m_edits;
    std::vector<DashboardCard> m_old, m_new;
};

}  // namespace

CommandRef setCards(Edits& edits, std::vector<DashboardCard> cards, const QString& text) {
    return std::make_unique<SetCards>(edits, std::move(cards), text);
}

}  // namespace rw::ui

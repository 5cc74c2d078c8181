#include "widgets/document/commands/commands.h"

namespace rw::ui {

namespace {

class SetProperties : public QUndoCommand {
 public:
    SetProperties(Edits& edits, Properties properties, const QString& text)
        : QUndoCommand(text), m_edits(edits), m_old(edits.properties()), m_new(std::move(properties)) {}

    void redo() override { m_edits.setProperties(m_new); }
    void undo() override { m_edits.setProperties(m_old); }
    int id() const override { return static_cast<int>(MergeId::SetProperties); }
    bool mergeWith(const QUndoCommand* next) override {
        const auto* change = static_cast<const SetProperties*>(next);
        if (text() != change->text()) return false;
        m_new = change->m_new;
        setObsolete(m_new == m_old);
        return true;
    }

 private:
    Edits& m_edits;
    Properties m_old, m_new;
};

}  // namespace

CommandRef setProperties(Edits& edits, Properties properties, const QString& text) {
    return std::make_unique<SetProperties>(edits, std::move(properties), text);
}

}  // namespace rw::ui

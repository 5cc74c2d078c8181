#include "widgets/document/commands/commands.h"

namespace rw::ui {

namespace {

class ReplaceWires : public QUndoCommand {
 public:
    ReplaceWires(Edits& edits, std::vector<std::size_t> gone, std::vector<Wire> added, const QString& text)
        : QUndoCommand(text), m_edits(edits), m_gone{.wires = std::move(gone)} {
        for (Wire& wire : added) m_new.wires.push_back({.item = std::move(wire)});
    }

    void redo() override {
        m_old = m_edits.take(m_gone);
        m_added = m_edits.put(m_new);
    }
    void undo() override {
        m_new = m_edits.take(m_added);
        m_edits.put(m_old);
    }

 private:
    Edits& m_edits;
    Places m_gone, m_added{};
    Part m_old{}, m_new{};
};

}  // namespace

CommandRef replaceWires(Edits& edits, std::vector<std::size_t> gone, std::vector<Wire> added,
                        const QString& text) {
    return std::make_unique<ReplaceWires>(edits, std::move(gone), std::move(added), text);
}

}  // namespace rw::ui

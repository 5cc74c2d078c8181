#include "widgets/document/commands/commands.h"

namespace rw::ui {

namespace {

class SetTitle : public QUndoCommand {
 public:
    SetTitle(Edits& edits, NodeId node, std::string title, const QString& text)
        : QUndoCommand(text),
          m_edits(edits),
          m_node(std::move(node)),
          m_old(edits.pipeline().find(m_node)->title),
          m_new(std::move(title)) {}

    void redo() override { m_edits.setTitle(m_node, m_new); }
    void undo() override { m_edits.setTitle(m_node, m_old); }

 private:
    Edits& m_edits;
    NodeId m_node;
    std::string m_old, m_new;
};

}  // namespace

CommandRef setTitle(Edits& edits, const NodeId& node, const std::string& title, const QString& text) {
    return std::make_unique<SetTitle>(edits, node, title, text);
}

}  // namespace rw::ui

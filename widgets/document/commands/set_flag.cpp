#include "widgets/document/commands/commands.h"

namespace rw::ui {

namespace {

class SetFlag : public QUndoCommand {
 public:
    SetFlag(Edits& edits, std::vector<NodeId> nodes, NodeFlag flag, bool value, const QString& text)
        : QUndoCommand(text), m_edits(edits), m_nodes(std::move(nodes)), m_flag(flag) {
        for (const NodeId& id : m_nodes) {
            Node node = *edits.pipeline().find(id);
            m_old.push_back(flagOf(node, flag));
        }
        m_new.assign(m_nodes.size(), value);
    }

    void redo() override { m_edits.setFlag(m_nodes, m_flag, m_new); }
    void undo() override { m_edits.setFlag(m_nodes, m_flag, m_old); }

 private:
    Edits& m_edits;
    std::vector<NodeId> m_nodes;
    NodeFlag m_flag;
    std::vector<bool> m_old{}, m_new{};
};

}  // namespace

CommandRef setFlag(Edits& edits, std::vector<NodeId> nodes, NodeFlag flag, bool value, const QString& text) {
    return std::make_unique<SetFlag>(edits, std::move(nodes), flag, value, text);
}

}  // namespace rw::ui

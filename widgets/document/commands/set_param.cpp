#include "widgets/document/commands/commands.h"

namespace rw::ui {

namespace {

class SetParam : public QUndoCommand {
 public:
    SetParam(Edits& edits, NodeId node, std::string param, const Json& value, const QString& text)
        : QUndoCommand(text),
          m_edits(edits),
          m_node(std::move(node)),
          m_param(std::move(param)),
          m_old(edits.param(m_node, m_param)) {
        if (!value.is_null()) m_new = PlacedParam{.value = value};
    }

    void redo() override { m_edits.setParam(m_node, m_param, m_new); }
    void undo() override { m_edits.setParam(m_node, m_param, m_old); }
    int id() const override { return static_cast<int>(MergeId::SetParam); }
    bool mergeWith(const QUndoCommand* next) override {
        const auto* change = static_cast<const SetParam*>(next);
        if (change->m_node != m_node || change->m_param != m_param) return false;
        if (!m_new || !change->m_new) return false;  // taken away: its place among the others is lost
        m_new = change->m_new;
        setObsolete(m_old && m_new->value == m_old->value);
        return true;
    }

 private:
    Edits& m_edits;
    NodeId m_node;
    std::string m_param;
    std::optional<PlacedParam> m_old, m_new{};
};

}  // namespace

CommandRef setParam(Edits& edits, const NodeId& node, const std::string& param, const Json& value,
                    const QString& text) {
    return std::make_unique<SetParam>(edits, node, param, value, text);
}

}  // namespace rw::ui

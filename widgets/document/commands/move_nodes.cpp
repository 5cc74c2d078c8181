#include "widgets/document/commands/commands.h"

namespace rw::ui {

namespace {

using Targets = std::vector<std::pair<NodeId, Point>>;

class MoveNodes : public QUndoCommand {
 public:
    MoveNodes(Edits& edits, Targets targets, bool continued, const QString& text)
        : QUndoCommand(text), m_edits(edits), m_new(std::move(targets)), m_continued(continued) {
        for (const auto& [id, at] : m_new) m_old.emplace_back(id, edits.pipeline().find(id)->at);
    }

    void redo() override { m_edits.move(m_new); }
    void undo() override { m_edits.move(m_old); }
    int id() const override { return static_cast<int>(MergeId::MoveNodes); }
    bool mergeWith(const QUndoCommand* next) override {
        const auto* move = static_cast<const MoveNodes*>(next);
        if (!m_continued || !move->m_continued || !sameNodes(move->m_new)) return false;
        m_new = move->m_new;
        return true;
    }

 private:
    bool sameNodes(const Targets& other) const {
        return std::equal(m_new.begin(), m_new.end(), other.begin(), other.end(),
                          [](const auto& a, const auto& b) { return a.first == b.first; });
    }

    Edits& m_edits;
    Targets m_old{}, m_new;
    bool m_continued;
};

}  // namespace

CommandRef moveNodes(Edits& edits, Targets targets, bool continued, const QString& text) {
    return std::make_unique<MoveNodes>(edits, std::move(targets), continued, text);
}

}  // namespace rw::ui

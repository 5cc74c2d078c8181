#include "widgets/document/editing/rename_follower.h"

#include <utility>

#include "core/pipeline/renaming/item_renames.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

RenameFollower::RenameFollower(PipelineDocument& document, QObject* parent)
    : QObject(parent), m_document(document) {
    connect(&document, &PipelineDocument::changed, this, &RenameFollower::onChanged);
    connect(&document.undoStack(), &QUndoStack::indexChanged, this, [this](int step) {
        if (!m_done || step == m_done->step) return;
        m_done.reset();
        Q_EMIT outdated();
    });
}

void RenameFollower::onChanged(const DocumentChange& change) {
    if (change.kind != DocumentChange::Kind::Reset) return;
    m_session.reset();
    if (!std::exchange(m_done, std::nullopt)) return;
    Q_EMIT outdated();
}

void RenameFollower::begin(const NodeId& node) {
    if (m_session && m_session->node == node) return;
    finish();
    Session session;
    session.node = node;
    session.before = m_document.pipeline();
    if (m_document.isValidated()) session.known = m_document.sharedValidated();
    session.structure = m_document.structure();
    m_session = std::move(session);
}

void RenameFollower::edited() {
    if (m_session) m_session->step = m_document.undoStack().index();
}

void RenameFollower::finish() {
    if (!m_session) return;
    std::optional<Session> session = std::exchange(m_session, std::nullopt);
    const Node* node = m_document.node(session->node);
    const Node* was = session->before.find(session->node);
    if (node == nullptr || was == nullptr || m_document.structure() != session->structure) return;
    const NodeKind* kind = m_document.kindOf(node->id);
    if (kind == nullptr || renamedItems(*kind, was->params, node->params).empty()) return;
    ValidateOptions options = m_document.validateOptions();
    options.files = false;
    if (!session->known) {
        session->known =
            std::make_shared<const Validated>(validate(session->before, m_document.catalogue(), options));
    }
    const FollowedRenames renames = followRenames(session->before, *session->known, m_document.pipeline(),
                                                  session->node, m_document.catalogue(), options);
    if (renames.waits) m_session = std::move(session);
    if (renames.empty()) return;
    Pipeline next = m_document.pipeline();
    std::vector<FollowedParam> before;
    for (const FollowedParam& param : renames.params) {
        Json& value = next.find(param.node)->params[param.param];
        before.push_back({param.node, param.param, std::exchange(value, param.value)});
    }
    // What was done since the last key is a step that nothing grows into.
    const bool grows = m_document.undoStack().index() == session->step;
    m_document.change(next, tr("Rename a column"), grows);
    m_done = Done{std::move(before), m_document.undoStack().index()};
    Q_EMIT followed(renames);
}

void RenameFollower::undoFollowed() {
    if (!m_done) return;
    Pipeline next = m_document.pipeline();
    for (const FollowedParam& param : m_done->before) {
        if (Node* node = next.find(param.node)) node->params[param.param] = param.value;
    }
    m_document.change(next, tr("Undo what followed a renamed column"));
}

}  // namespace rw::ui

#include "widgets/session/model_reset.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

#include "core/base/figures.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

namespace {

QString titleOfBox(const PipelineDocument& document, const NodeId& node) {
    const Node* const found = document.node(node);
    return QCoreApplication::translate("model_reset", "Reset the model of “%1”")
        .arg(found != nullptr ? titleOf(*found) : QString());
}

/// Closed by itself when there is nothing to ask about any more.
bool agrees(const PipelineDocument& document, const RunSession& session, const NodeId& node,
            QWidget* parent) {
    QMessageBox box(QMessageBox::Question, titleOfBox(document, node), resetQuestion(session, node),
                    QMessageBox::NoButton, parent);
    const QPushButton* yes = box.addButton(QCoreApplication::translate("model_reset", "Reset model"),
                                           QMessageBox::DestructiveRole);
    QPushButton* no =
        box.addButton(QCoreApplication::translate("model_reset", "Keep it"), QMessageBox::RejectRole);
    box.setDefaultButton(no);
    QObject::connect(&session, &RunSession::stateChanged, &box, [&] {
        if (!session.whyNotAsked(node).isEmpty()) box.reject();
    });
    box.exec();
    return box.clickedButton() == yes;
}

}  // namespace

bool hasModel(const PipelineDocument& document, const NodeId& node) {
    const NodeKind* const kind = document.kindOf(node);
    return kind != nullptr && kind->takes == NodeRequest::ResetModel;
}

QString resetWords() {
    return QCoreApplication::translate("model_reset", "&Reset model…");
}

QString resetQuestion(const RunSession& session, const NodeId& node) {
    const LiveNode* const live = session.snapshot().node(node);
    const std::uint64_t rows = live != nullptr ? live->metrics.quality.learnt : 0;
    const std::uint64_t keys = live != nullptr ? live->metrics.stateKeys : 0;
    const Text from =
        figures::counted(rows, RW_TEXT("model_reset", "1 row"), RW_TEXT("model_reset", "%1 rows"));
    return translated(
        keys > 1 ? RW_TEXT("model_reset",
                           "The models of %1 keys forget what they learnt from %2, and begin "
                           "anew.")
                       .with(figures::count(keys), from)
                 : RW_TEXT("model_reset", "The model forgets what it learnt from %1, and begins anew.")
                       .with(from));
}

void askToReset(const PipelineDocument& document, RunSession& session, const NodeId& node, QWidget* parent) {
    if (!session.whyNotAsked(node).isEmpty() || !agrees(document, session, node, parent)) return;
    const Status status = session.ask(node, NodeRequest::ResetModel);
    if (status.ok()) return;
    QMessageBox box(QMessageBox::Warning, titleOfBox(document, node), translated(status.error().message),
                    QMessageBox::NoButton, parent);
    box.setInformativeText(translated(status.error().fix));
    box.addButton(QCoreApplication::translate("model_reset", "Close"), QMessageBox::RejectRole);
    box.exec();
}

}  // namespace rw::ui

#include "widgets/session/shown/close_window.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>

#include "core/diagnose/questions.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/translated.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

namespace {

void sayRefusal(const QString& title, const Error& error, QWidget* parent) {
    auto* box = new QMessageBox(QMessageBox::Warning, title, translated(error.message), QMessageBox::NoButton,
                                parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(translated(error.fix));
    box->addButton(QCoreApplication::translate("close_window", "Close"), QMessageBox::RejectRole);
    box->open();
}

}  // namespace

std::optional<Window> openWindow(const RunSession& session, const NodeId& node) {
    const LiveNode* const live = session.snapshot().node(node);
    if (live == nullptr || live->metrics.openUntil == kMaxTimestamp) return std::nullopt;
    return Window{.end = live->metrics.openUntil, .start = live->metrics.openFrom};
}

QString closeWords() {
    return QCoreApplication::translate("close_window", "Close &window now…");
}

QString closeQuestion(const Window& window) {
    return translated(
        RW_TEXT(
            "close_window",
            "The window %1 – %2 and those that end before it close with the rows that they have. The "
            "sources above the node go on to %2 in event time, for all nodes behind them: rows before that "
            "which come later are late.")
            .with(momentText(window.start), momentText(window.end)));
}

void askToClose(const PipelineDocument& document, RunSession& session, const NodeId& node,
                const Window& window, QWidget* parent) {
    const Node* const found = document.node(outermost(node));
    const QString title = QCoreApplication::translate("close_window", "Close a window of “%1”")
                              .arg(found != nullptr ? titleOf(*found) : QString());
    if (!session.whyNotAsked(outermost(node)).isEmpty()) return;
    auto* box =
        new QMessageBox(QMessageBox::Question, title, closeQuestion(window), QMessageBox::NoButton, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    const QPushButton* yes =
        box->addButton(QCoreApplication::translate("close_window", "Close window"), QMessageBox::AcceptRole);
    QPushButton* no =
        box->addButton(QCoreApplication::translate("close_window", "Keep it open"), QMessageBox::RejectRole);
    box->setDefaultButton(no);
    // It goes when there is nothing to ask about any more.
    QObject::connect(&session, &RunSession::stateChanged, box, [box, &session, node] {
        if (!session.whyNotAsked(outermost(node)).isEmpty()) box->reject();
    });
    QObject::connect(yes, &QPushButton::clicked, &session,
                     [&session, node, end = window.end, title, over = QPointer<QWidget>(parent)] {
                         const Status status = session.closeWindows(node, end);
                         if (!status.ok()) sayRefusal(title, status.error(), over);
                     });
    box->open();
}

}  // namespace rw::ui

#include "widgets/publish/publish_feature.h"

#include <utility>

#include "widgets/document/pipeline_document.h"
#include "widgets/pane/action_registry.h"
#include "widgets/publish/publish_dialog.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

PublishAction::PublishAction(PipelineDocument& document, RunSession& session, QWidget& window)
    : QAction(&window), m_document(document), m_session(session), m_window(window) {
    connect(this, &QAction::triggered, this, &PublishAction::start);
    connect(&m_document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Reset) m_waiting = false;  // this one was not asked for
        setEnabled(!m_document.pipeline().nodes.empty());
    });
    // Not at once: a dialog would keep others from being told that it is checked.
    connect(&m_document, &PipelineDocument::validatedChanged, this,
            [this] { QMetaObject::invokeMethod(this, &PublishAction::resume, Qt::QueuedConnection); });
    setEnabled(!m_document.pipeline().nodes.empty());
}

void PublishAction::start() {
    m_waiting = !m_document.isValidated();
    if (m_waiting) return;
    if (hasErrors(m_document.issues())) return m_session.reportStartBlocked();
    auto* dialog = new PublishDialog(m_document, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PublishDialog::helpRequested, this, [this, dialog] { Q_EMIT helpRequested(dialog); });
    dialog->open();
}

void PublishAction::resume() {
    if (std::exchange(m_waiting, false)) start();
}

PublishFeature::PublishFeature(const FeatureParts& parts)
    : m_action(new PublishAction(parts.document, parts.session, parts.window)) {
    if (!parts.help) return;
    QObject::connect(m_action, &PublishAction::helpRequested, m_action,
                     [help = parts.help](QWidget* over) { help(QStringLiteral("superset"), *over); });
}

void PublishFeature::addActions(ActionRegistry& registry) {
    registry.add(QStringLiteral("publish.superset"), m_action, MenuPlace{MainMenu::File, 1});
}

void PublishFeature::retranslate() {
    m_action->setText(PublishAction::tr("&Publish to Superset…"));
}

}  // namespace rw::ui

#include "widgets/versions/versions_feature.h"

#include <QCoreApplication>

#include "widgets/document/pipeline_document.h"
#include "widgets/pane/action_registry.h"
#include "widgets/versions/version_keeper.h"
#include "widgets/versions/versions_dialog.h"

namespace rw::ui {

VersionsFeature::VersionsFeature(const FeatureParts& parts) : m_show(new QAction(&parts.window)) {
    PipelineDocument& document = parts.document;
    QWidget& window = parts.window;
    auto* keeper = new VersionKeeper(document, parts.session, &window);
    QObject::connect(keeper, &VersionKeeper::failed, m_show, [tell = parts.tell](const QString& words) {
        if (tell) tell(words);
    });
    const auto offer = [action = m_show, &document] { action->setEnabled(!document.path().isEmpty()); };
    QObject::connect(&document, &PipelineDocument::fileChanged, m_show, offer);
    offer();
    QObject::connect(m_show, &QAction::triggered, m_show, [&document, &window, keeper] {
        auto* dialog = new VersionsDialog(document, &window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        QObject::connect(keeper, &VersionKeeper::kept, dialog, &VersionsDialog::refresh);
        dialog->open();
    });
}

void VersionsFeature::addActions(ActionRegistry& registry) {
    registry.add(QStringLiteral("versions.show"), m_show, MenuPlace{MainMenu::Pipeline, 3});
}

void VersionsFeature::retranslate() {
    m_show->setText(VersionsDialog::tr("&Versions…"));
}

}  // namespace rw::ui

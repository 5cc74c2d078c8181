#include "widgets/versions/versions_feature.h"

#include <QCoreApplication>

#include "widgets/document/pipeline_document.h"
#include "widgets/pane/action_registry.h"
#include "widgets/versions/compare_page.h"
#include "widgets/versions/version_keeper.h"
#include "widgets/versions/versions_dialog.h"

namespace rw::ui {

VersionsFeature::VersionsFeature(const FeatureParts& parts, MakeDifferenceCanvas makeCanvas)
    : m_parts(parts),
      m_makeCanvas(makeCanvas),
      m_keeper(new VersionKeeper(parts.document, parts.session, &parts.window)),
      m_show(new QAction(&parts.window)) {
    PipelineDocument& document = parts.document;
    QWidget& window = parts.window;
    QObject::connect(m_keeper, &VersionKeeper::failed, m_show, [tell = parts.tell](const QString& words) {
        if (tell) tell(words);
    });
    const auto offer = [action = m_show, &document] { action->setEnabled(!document.path().isEmpty()); };
    QObject::connect(&document, &PipelineDocument::fileChanged, m_show, offer);
    offer();
    QObject::connect(m_show, &QAction::triggered, m_show, [&document, &window, keeper = m_keeper] {
        auto* dialog = new VersionsDialog(document, &window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        QObject::connect(keeper, &VersionKeeper::kept, dialog, &VersionsDialog::refresh);
        dialog->open();
    });
}

std::vector<Pane*> VersionsFeature::pages() {
    auto* page =
        new ComparePage({m_parts.document, m_parts.session, m_parts.charts}, m_makeCanvas, m_parts.tell);
    QObject::connect(m_keeper, &VersionKeeper::kept, page, &ComparePage::refresh);
    return {page};
}

void VersionsFeature::addActions(ActionRegistry& registry) {
    registry.add(QStringLiteral("versions.show"), m_show, MenuPlace{MainMenu::Pipeline, 3});
}

void VersionsFeature::retranslate() {
    m_show->setText(VersionsDialog::tr("&Versions…"));
}

}  // namespace rw::ui

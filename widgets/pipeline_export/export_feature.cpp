#include "widgets/pipeline_export/export_feature.h"

#include <QMenu>

#include "widgets/pane/action_registry.h"
#include "widgets/pipeline_export/pipeline_export.h"

namespace rw::ui {

ExportFeature::ExportFeature(const FeatureParts& parts)
    : m_window(parts.window), m_export(new PipelineExport(parts.document, parts.session, &parts.window)) {
    QObject::connect(m_export, &PipelineExport::exported, &m_window, parts.tell);
    QObject::connect(m_export, &PipelineExport::refused, &m_window,
                     [see = parts.see] { see("portability"); });
    QObject::connect(m_export, &PipelineExport::targetsRequested, &m_window,
                     [open = parts.preferences] { open("targets"); });
}

void ExportFeature::addActions(ActionRegistry& registry) {
    auto* list = new QMenu(&m_window);
    m_export->fill(*list);
    registry.addList(QStringLiteral("export.pipeline"), list, {MainMenu::File, 1});
}

void ExportFeature::retranslate() {
    m_export->retranslate();
}

void ExportFeature::offerExport(Engine engine, const QWidget& button) {
    m_export->offer(engine, button);
}

}  // namespace rw::ui

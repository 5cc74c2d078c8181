#include "app/files/pipeline_export.h"

#include <QDir>
#include <QFileInfo>
#include <QMenu>
#include <memory>
#include <utility>

#include "widgets/document/export_target.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/portability_check.h"
#include "widgets/document/running/run_session.h"
#include "widgets/document/whole_file.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

PipelineExport::PipelineExport(PipelineDocument& document, RunSession& session, QWidget* window)
    : QObject(window),
      m_document(document),
      m_session(session),
      m_window(window),
      m_flinkSql(new QAction(this)),
      m_pyFlink(new QAction(this)),
      m_pySpark(new QAction(this)) {
    connect(m_flinkSql, &QAction::triggered, this, [this] { start(Artefact::FlinkSql); });
    connect(m_pyFlink, &QAction::triggered, this, [this] { start(Artefact::PyFlink); });
    connect(m_pySpark, &QAction::triggered, this, [this] { start(Artefact::PySpark); });
    connect(&m_document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Reset) m_waiting.reset();  // nobody asked for this one
        refreshActions();
    });
    // Not at once: a dialog would keep others from being told that it is checked.
    connect(&m_document, &PipelineDocument::validatedChanged, this,
            [this] { QMetaObject::invokeMethod(this, &PipelineExport::resume, Qt::QueuedConnection); });
    refreshActions();
}

void PipelineExport::fill(QMenu& menu) {
    m_menu = &menu;
    menu.addActions({m_flinkSql, m_pyFlink, m_pySpark});
    retranslate();
}

void PipelineExport::retranslate() {
    m_flinkSql->setText(tr("Flink &SQL…"));
    m_pyFlink->setText(tr("Py&Flink program…"));
    m_pySpark->setText(tr("&PySpark program…"));
    if (m_menu) m_menu->setTitle(tr("E&xport"));
}

void PipelineExport::refreshActions() {
    for (QAction* action : {m_flinkSql, m_pyFlink, m_pySpark})
        action->setEnabled(!m_document.pipeline().nodes.empty());
}

void PipelineExport::offer(Engine engine, const QWidget& button) {
    const bool flink = engine == Engine::Flink;
    QMenu menu(m_window);
    menu.addActions(flink ? QList<QAction*>{m_flinkSql, m_pyFlink} : QList<QAction*>{m_pySpark});
    menu.addSeparator();
    QAction* targets = menu.addAction(tr("&Deploy to a cluster: Targets…"));
    targets->setToolTip(
        flink ? tr("“app/cluster flink up” starts a Flink on this computer, and says what to enter")
              : tr("“app/cluster spark up” fetches a Spark to this computer, and says what to enter"));
    menu.setToolTipsVisible(true);
    connect(targets, &QAction::triggered, this, &PipelineExport::targetsRequested);
    menu.exec(button.mapToGlobal(QPoint(0, button.height())));
}

void PipelineExport::start(Artefact artefact) {
    m_waiting.reset();
    if (!m_document.isValidated()) {
        m_waiting = artefact;
        return;
    }
    if (hasErrors(m_document.issues())) return m_session.refuse();
    const TranslateOptions options{.validate = m_document.validateOptions()};
    const Translation translation = translate(m_document.pipeline(), m_document.catalogue(),
                                              m_document.validated(), engineOf(artefact), options);
    const Result<std::string> text = writeArtefact(m_document.pipeline(), translation, artefact, options);
    if (text.ok()) return save(artefact, *text);
    m_document.portability().setEngine(engineOf(artefact));
    Q_EMIT refused();
    showExportError(m_window, text.status().error());
}

void PipelineExport::resume() {
    if (const auto artefact = std::exchange(m_waiting, std::nullopt)) start(*artefact);
}

void PipelineExport::save(Artefact artefact, const std::string& text) {
    const QString name = QFileInfo(m_document.displayName()).completeBaseName();
    const std::string_view ending = endingOf(artefact);
    const QString suffix = QString::fromUtf8(ending.data(), static_cast<qsizetype>(ending.size()));
    const ExportTarget target(m_document, tr("The export of %1").arg(name));
    const QString path =
        target.prompt(m_window, tr("Export the pipeline"), target.proposal(m_document.folder(), name, suffix),
                      artefact == Artefact::FlinkSql ? tr("SQL files (*.sql)") : tr("Python files (*.py)"));
    if (path.isEmpty()) return;
    // What it finds lies apart, so that it may come to its end when nobody waits for it any more.
    const auto status = std::make_shared<Status>();
    const bool done = m_document.doFileWork(tr("Exporting to “%1”").arg(QFileInfo(path).fileName()),
                                            [status, target, path, text] {
                                                *status = target.check(path);
                                                if (status->ok()) *status = writeWhole(path, text);
                                            });
    if (!done) return;
    if (!status->ok()) return showExportError(m_window, status->error());
    Q_EMIT exported(tr("Exported to %1").arg(shownText(QDir::toNativeSeparators(path), kTipLength)));
}

}  // namespace rw::ui

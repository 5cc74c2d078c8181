#include "widgets/pipeline_export/pipeline_export.h"

#include <QDir>
#include <QFileInfo>
#include <QMenu>
#include <atomic>
#include <memory>
#include <utility>

#include "core/cluster/engine_backend.h"
#include "core/cluster/source_check.h"
#include "widgets/document/consent/document_trust.h"
#include "widgets/document/export_target.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/portability_check.h"
#include "widgets/document/translated.h"
#include "widgets/document/whole_file.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

PipelineExport::PipelineExport(PipelineDocument& document, RunSession& session, QWidget* window)
    : QObject(window),
      m_document(document),
      m_session(session),
      m_window(window),
      m_anyFiles(new QAction(this)) {
    m_anyFiles->setCheckable(true);
    for (const Artefact* artefact : allArtefacts()) {
        auto* action = new QAction(this);
        connect(action, &QAction::triggered, this, [this, artefact] { start(*artefact); });
        m_actions.emplace_back(artefact, action);
    }
    connect(&m_document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Reset) {
            m_waiting = nullptr;  // this one was not asked for
            m_anyFiles->setChecked(false);
        }
        refreshActions();
    });
    // Not at once: a dialog would keep others from being told that it is checked.
    connect(&m_document, &PipelineDocument::validatedChanged, this,
            [this] { QMetaObject::invokeMethod(this, &PipelineExport::resume, Qt::QueuedConnection); });
    refreshActions();
}

void PipelineExport::fill(QMenu& menu) {
    m_menu = &menu;
    for (const auto& [artefact, action] : m_actions) menu.addAction(action);
    menu.addSeparator();
    menu.addAction(m_anyFiles);
    menu.setToolTipsVisible(true);
    retranslate();
}

void PipelineExport::retranslate() {
    for (const auto& [artefact, action] : m_actions) action->setText(translated(artefact->title));
    m_anyFiles->setText(tr("Flink: for files with &any content"));
    m_anyFiles->setToolTip(
        tr("Each cell of a CSV file is cast with care, so that the export holds whatever the files hold. "
           "Otherwise they are read now, and their columns have types where all cells allow it."));
    if (m_menu) m_menu->setTitle(tr("E&xport"));
}

void PipelineExport::refreshActions() {
    const bool any = !m_document.pipeline().nodes.empty();
    for (const auto& [artefact, action] : m_actions) action->setEnabled(any);
    m_anyFiles->setEnabled(any);
}

void PipelineExport::offer(Engine engine, const QWidget& button) {
    QMenu menu(m_window);
    for (const auto& [artefact, action] : m_actions) {
        if (artefact->engine == engine) menu.addAction(action);
    }
    menu.addSeparator();
    if (backendOf(engine).facts().readsSources) menu.addAction(m_anyFiles);
    QAction* targets = menu.addAction(tr("&Deploy to a cluster: Targets…"));
    targets->setToolTip(translated(backendOf(engine).facts().toGetOne));
    menu.setToolTipsVisible(true);
    connect(targets, &QAction::triggered, this, &PipelineExport::targetsRequested);
    menu.exec(button.mapToGlobal(QPoint(0, button.height())));
}

void PipelineExport::start(const Artefact& artefact) {
    m_waiting = nullptr;
    if (!m_document.isValidated()) {
        m_waiting = &artefact;
        return;
    }
    if (hasErrors(m_document.issues())) return m_session.reportStartBlocked();
    TranslateOptions options{.validate = m_document.validateOptions(), .python = artefact.python};
    if (!m_anyFiles->isChecked() && !lookAtSources(artefact, options)) return;
    const Translation translation = translate(m_document.pipeline(), m_document.catalogue(),
                                              m_document.validated(), artefact.engine, options);
    const Result<std::string> text = writeArtefact(m_document.pipeline(), translation, artefact, options);
    if (text.ok()) return save(artefact, *text, translation.readFiles);
    m_document.portability().setEngine(artefact.engine);
    Q_EMIT refused();
    showExportError(m_window, text.status().error());
}

// The findings are kept apart, so that the look may come to its end when nobody waits for it any more.
bool PipelineExport::lookAtSources(const Artefact& artefact, TranslateOptions& options) {
    const auto seen = std::make_shared<SeenSources>();
    const auto left = std::make_shared<std::atomic<bool>>(false);
    const bool done = m_document.doFileWork(
        tr("Reading the files of “%1”").arg(m_document.displayName()),
        [seen, left, engine = artefact.engine, pipeline = m_document.pipeline(),
         catalogue = m_document.sharedCatalogue(), validate = options.validate,
         ask = DocumentTrust::questionOf(m_document)] {
            const SourceCheck check{validate, {}, [left] { return left->load(); }, {}, ask()};
            *seen = backendOf(engine).seenSources(pipeline, *catalogue, check);
        });
    *left = !done;
    if (!done) return false;
    options.surveys = std::move(seen->surveys);
    options.unread = std::move(seen->unread);
    return true;
}

void PipelineExport::resume() {
    if (const Artefact* artefact = std::exchange(m_waiting, nullptr)) start(*artefact);
}

void PipelineExport::save(const Artefact& artefact, const std::string& text, bool typed) {
    const QString name = QFileInfo(m_document.displayName()).completeBaseName();
    const QString suffix =
        QString::fromUtf8(artefact.ending.data(), static_cast<qsizetype>(artefact.ending.size()));
    const ExportTarget target(m_document, tr("The export of %1").arg(name));
    const QString path =
        target.prompt(m_window, tr("Export the pipeline"), target.proposal(m_document.folder(), name, suffix),
                      translated(artefact.files));
    if (path.isEmpty()) return;
    // Its results are kept apart, so that it may come to its end when it is not waited for any more.
    const auto status = std::make_shared<Status>();
    const bool done = m_document.doFileWork(tr("Exporting to “%1”").arg(QFileInfo(path).fileName()),
                                            [status, target, path, text] {
                                                *status = target.check(path);
                                                if (status->ok()) *status = writeWhole(path, text);
                                            });
    if (!done) return;
    if (!status->ok()) return showExportError(m_window, status->error());
    const QString shown = shownText(QDir::toNativeSeparators(path), kTipLength);
    Q_EMIT exported(typed ? tr("Exported to %1, for its CSV files as they are now").arg(shown)
                          : tr("Exported to %1").arg(shown));
}

}  // namespace rw::ui

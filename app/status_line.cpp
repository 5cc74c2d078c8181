#include "app/status_line.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QThread>
#include <algorithm>

#include "core/base/byte_size.h"
#include "widgets/document/number_text.h"
#include "widgets/session/cluster_session.h"
#include "widgets/session/cluster_text.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr int kFramesPerLook = 10;
constexpr int kToldMillis = 15'000;
}  // namespace

StatusLine::StatusLine(PipelineDocument& document, RunSession& session, const ClusterSession& cluster,
                       QWidget* parent)
    : QStatusBar(parent),
      m_document(document),
      m_session(session),
      m_cluster(cluster),
      m_engine(new QLabel),
      m_memory(new QLabel),
      m_selection(new QLabel),
      m_checkpoint(new ElidedLabel),
      m_told(new ElidedLabel),
      m_zoom(new QPushButton),
      m_language(new QPushButton) {
    setSizeGripEnabled(false);
    const auto fit = [this] { setFixedHeight(Theme::of(this).scaled(metrics::kStatusBarHeight)); };
    connect(&Theme::of(this), &Theme::changed, this, fit);
    fit();
    for (QLabel* label :
         {m_engine, m_memory, m_selection, static_cast<QLabel*>(m_checkpoint), static_cast<QLabel*>(m_told)})
        label->setProperty("role", "caption");
    for (QPushButton* button : {m_zoom, m_language}) {
        button->setProperty("role", "flat");
        button->setProperty("controlSize", "small");
    }
    auto* out = new IconButton(QStringLiteral("minus"), {});
    auto* in = new IconButton(QStringLiteral("plus"), {});
    out->setDense();
    in->setDense();
    out->setObjectName(QStringLiteral("zoomOut"));
    in->setObjectName(QStringLiteral("zoomIn"));
    m_checkpoint->setObjectName(QStringLiteral("checkpoint"));
    addWidget(m_engine);
    addWidget(m_checkpoint);
    m_checkpoint->hide();
    addWidget(m_memory);
    addWidget(m_told, 1);
    m_told->hide();
    m_telling.setSingleShot(true);
    m_telling.setInterval(kToldMillis);
    connect(&m_telling, &QTimer::timeout, m_told, &QWidget::hide);
    auto* parts = new QWidget;
    m_parts = new QHBoxLayout(parts);
    m_parts->setContentsMargins(0, 0, 0, 0);
    addPermanentWidget(parts);
    addPermanentWidget(m_selection);
    addPermanentWidget(out);
    addPermanentWidget(m_zoom);
    addPermanentWidget(in);
    addPermanentWidget(m_language);
    connect(out, &QToolButton::clicked, this, [this] { Q_EMIT zoomStepRequested(-1); });
    connect(in, &QToolButton::clicked, this, [this] { Q_EMIT zoomStepRequested(1); });
    connect(m_zoom, &QPushButton::clicked, this, &StatusLine::zoomResetRequested);
    connect(m_language, &QPushButton::clicked, this, &StatusLine::languageRequested);
    connect(&m_document.selection(), &Selection::changed, this, &StatusLine::refreshSelection);
    connect(&m_document, &PipelineDocument::changed, this, &StatusLine::refreshSelection);
    connect(&m_session, &RunSession::stateChanged, this, &StatusLine::refreshRun);
    connect(&m_session, &RunSession::updated, this, [this] {
        if (!m_session.shownRun().updatesOften() || m_frames++ % kFramesPerLook == 0) refreshRun();
    });
    connect(&m_cluster, &ClusterSession::targetChanged, this, &StatusLine::refreshRun);
    setZoom(1);
    retranslate();
}

void StatusLine::retranslate() {
    m_language->setText(QStringLiteral("中文 / English"));
    m_language->setToolTip(tr("Switch the language"));
    m_zoom->setToolTip(tr("Zoom to %1 (Ctrl+0)").arg(shareText(1)));
    findChild<IconButton*>(QStringLiteral("zoomOut"))->setLabel(tr("Zoom out (Ctrl+-)"));
    findChild<IconButton*>(QStringLiteral("zoomIn"))->setLabel(tr("Zoom in (Ctrl++)"));
    refreshSelection();
    refreshRun();
}

void StatusLine::tell(const QString& words) {
    m_told->setText(words);
    m_told->show();
    m_telling.start();
}

void StatusLine::addPart(QWidget* part) {
    m_parts->addWidget(part);
}

void StatusLine::setZoom(double factor) {
    m_zoom->setText(shareText(factor));
}

void StatusLine::setZoomable(bool zoomable) {
    m_zoom->setEnabled(zoomable);
    for (const char* button : {"zoomOut", "zoomIn"})
        findChild<IconButton*>(QLatin1String(button))->setEnabled(zoomable);
}

void StatusLine::refreshSelection() {
    const Selection& selection = m_document.selection();
    const auto nodes = static_cast<int>(selection.nodes().size());
    const auto notes = static_cast<int>(selection.notes().size());
    const auto wires = static_cast<int>(selection.wires().size());
    if (nodes > 0 && notes > 0) {
        m_selection->setText(tr("%1 and %2 selected")
                                 .arg(tr("%n node(s)", nullptr, nodes), tr("%n comment(s)", nullptr, notes)));
    } else if (nodes > 0) {
        m_selection->setText(tr("%n node(s) selected", nullptr, nodes));
    } else if (notes > 0) {
        m_selection->setText(tr("%n comment(s) selected", nullptr, notes));
    } else if (wires > 0) {
        m_selection->setText(tr("%n wire(s) selected", nullptr, wires));
    } else if (m_document.pipeline().nodes.empty()) {
        m_selection->setText(tr("No nodes"));
    } else {
        m_selection->setText(tr("%n node(s)", nullptr, static_cast<int>(m_document.pipeline().nodes.size())));
    }
}

void StatusLine::refreshRun() {
    const int asked = m_document.pipeline().settings.parallelism;
    m_engine->setText(
        m_session.shownRun().isElsewhere()
            ? clusterEngineText(m_cluster)
            : tr("Embedded engine · %n thread(s)", nullptr, asked > 0 ? asked : QThread::idealThreadCount()));
    const std::uint64_t bytes = m_session.snapshot().metrics.peakMemory;
    m_memory->setVisible(bytes > 0);
    m_memory->setText(tr("Memory %1").arg(sizeText(bytes)));
    refreshCheckpoint();
}

// Of a run here; of one on a cluster it stands with the engine.
void StatusLine::refreshCheckpoint() {
    const bool takes = m_session.shownRun().has(RunAbility::Checkpoints) && m_session.isActive() &&
                       m_session.runCheckpoints().has_value();
    const CheckpointMetrics& newest = m_session.snapshot().metrics.checkpoints;
    const bool troubled = !newest.trouble.empty();
    m_checkpoint->setVisible(takes && (newest.taken > 0 || troubled));
    if (m_checkpoint->isHidden()) return;
    const Millis age = std::max<Millis>(0, systemClock()->now() - newest.at);
    m_checkpoint->setText(troubled ? tr("No newer checkpoint: see Checkpoints")
                                   : tr("checkpoint %1, %2 ago").arg(newest.number).arg(ageText(age)));
}

void StatusLine::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QStatusBar::changeEvent(event);
}

}  // namespace rw::ui

#include "widgets/inspector/model_box.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "core/base/figures.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/inspector/below_form.h"
#include "widgets/session/model_reset.h"
#include "widgets/session/shown/shown_run.h"

namespace rw::ui {

namespace {

constexpr int kFramesPerModelLook = 10;

/// No line ends within a number.
QString unbroken(QString text) {
    return text.replace(QChar(0x2009), QChar(0x202f));
}

QString qualitySentence(const Quality& quality) {
    const QString share = QString::fromStdString(figures::share(quality.value));
    const QString rows = translated(
        figures::counted(quality.rows, RW_TEXT("model_reset", "1 row"), RW_TEXT("model_reset", "%1 rows")));
    switch (quality.kind) {
        case Quality::Kind::Accuracy:
            return ModelBox::tr("%1 right over the last %2; always the commonest class: %3")
                .arg(share, rows, QString::fromStdString(figures::share(quality.baseline)));
        case Quality::Kind::Error:
            return ModelBox::tr("Mean absolute error %1 over the last %2")
                .arg(QString::fromStdString(figures::rounded(quality.value)), rows);
        case Quality::Kind::Coverage:
            return ModelBox::tr("%1 in their band over the last %2").arg(share, rows);
        case Quality::Kind::Anomalies:
            return ModelBox::tr("%1 anomalies over the last %2").arg(share, rows);
        case Quality::Kind::None:
            break;
    }
    return {};
}

QString warmUpSentence(const NodeMetrics& metrics) {
    const Quality& quality = metrics.quality;
    if (quality.warmUp == 0 || (metrics.stateKeys > 0 && quality.warm >= metrics.stateKeys)) return {};
    const QString rows = translated(
        figures::counted(quality.warmUp, RW_TEXT("model_reset", "1 row"), RW_TEXT("model_reset", "%1 rows")));
    const auto number = [](std::uint64_t count) { return QString::fromStdString(figures::count(count)); };
    if (metrics.stateKeys <= 1) return ModelBox::tr("Learning, %1 of %2").arg(number(quality.learnt), rows);
    return ModelBox::tr("Learning: %1 of %2 keys have had their warm-up of %3")
        .arg(number(quality.warm), number(metrics.stateKeys), rows);
}

}  // namespace

ModelBox::ModelBox(PipelineDocument& document, RunSession& session, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_session(session),
      m_head(new QLabel),
      m_quality(new QLabel),
      m_learnt(new QLabel),
      m_reset(new QPushButton) {
    setObjectName(QStringLiteral("model"));
    QVBoxLayout* column = layOutBelowForm(*this, *m_head, *m_quality, *m_learnt);
    m_reset->setObjectName(QStringLiteral("resetModel"));
    auto* head = new QHBoxLayout;
    head->addWidget(m_head, 1);
    head->addWidget(m_reset);
    column->addLayout(head);
    column->addWidget(m_quality);
    column->addWidget(m_learnt);
    connect(m_reset, &QPushButton::clicked, this,
            [this] { askToReset(m_document, m_session, m_node, window()); });
    connect(&session, &RunSession::updated, this, [this] {
        if (!m_session.isActive() || m_frames++ % kFramesPerModelLook == 0) refresh();
    });
    connect(&session, &RunSession::stateChanged, this, &ModelBox::refresh);
    connect(&document, &PipelineDocument::changed, this, &ModelBox::refresh);
    refresh();
}

void ModelBox::setNode(const NodeId& node) {
    m_node = node;
    refresh();
}

void ModelBox::setWanted(bool wanted) {
    m_wanted = wanted;
    refresh();
}

QString ModelBox::learntText() const {
    const LiveNode* const live = m_session.snapshot().node(m_node);
    if (live == nullptr || !m_session.shownRun().has(RunAbility::AllFigures)) return {};
    const QString warmUp = warmUpSentence(live->metrics);
    // Of one key these are the rows that it has learnt from.
    if (!warmUp.isEmpty() && live->metrics.stateKeys <= 1) return warmUp;
    const std::uint64_t rows = live->metrics.quality.learnt;
    const QString learnt =
        translated(figures::counted(rows, RW_TEXT("model_reset", "It has learnt from 1 row."),
                                    RW_TEXT("model_reset", "It has learnt from %1 rows.")));
    return warmUp.isEmpty() ? learnt : warmUp + QLatin1Char('\n') + learnt;
}

void ModelBox::refresh() {
    setVisible(m_wanted && hasModel(m_document, m_node));
    if (isHidden()) return;
    const LiveNode* const live = m_session.snapshot().node(m_node);
    const QString why = m_session.whyNotAsked(m_node), learnt = learntText();
    const bool good = live != nullptr && live->metrics.quality.rows > 0;
    m_head->setText(tr("Model"));
    m_reset->setText(resetWords());
    m_reset->setEnabled(why.isEmpty());
    m_reset->setToolTip(why);
    m_reset->setAccessibleDescription(why);
    m_quality->setText(good ? unbroken(qualitySentence(live->metrics.quality)) : QString());
    m_quality->setVisible(good);
    // The reason stands there, too: the tip of a button that is off is found by nobody.
    QStringList more;
    if (!learnt.isEmpty()) more << unbroken(learnt);
    if (!why.isEmpty()) more << tr("No reset now: %1").arg(why);
    m_learnt->setText(more.join(QLatin1Char('\n')));
    m_learnt->setVisible(!more.isEmpty());
}

void ModelBox::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) refresh();
    QWidget::changeEvent(event);
}

}  // namespace rw::ui

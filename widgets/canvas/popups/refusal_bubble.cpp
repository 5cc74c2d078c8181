#include "widgets/canvas/popups/refusal_bubble.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/canvas/popups/place_popup.h"
#include "widgets/document/translated.h"
#include "widgets/theme/control_painter.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kShown = 12'000;  // milliseconds: long enough to read two sentences twice

}  // namespace

RefusalBubble::RefusalBubble(PipelineDocument& document, QWidget* parent)
    : QFrame(parent),
      m_document(document),
      m_icon(new QLabel(this)),
      m_words(new QLabel(this)),
      m_quickFixes(new QHBoxLayout) {
    setObjectName(QStringLiteral("refusal"));
    m_words->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::kGrid);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addWidget(m_words, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kListPadding, metrics::kGrid, metrics::kListPadding, metrics::kGrid);
    layout->setSpacing(metrics::kStep);
    layout->addLayout(row);
    m_quickFixes->setContentsMargins(metrics::kIconLarge, 0, 0, 0);
    layout->addLayout(m_quickFixes);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kShown);
    connect(&m_timer, &QTimer::timeout, this, &QWidget::hide);
    connect(&document, &PipelineDocument::changed, this, &QWidget::hide);
    hide();
}

void RefusalBubble::showIssue(const Issue& issue, const std::optional<Wire>& wire, QPoint at) {
    m_issue = issue;
    m_wire = wire;
    const Theme& theme = Theme::of();
    m_icon->setPixmap(theme.pixmap(u"blocked", 14, theme.tokens().error.text, devicePixelRatioF()));
    m_words->setText((translated(issue.message) + QLatin1Char(' ') + translated(issue.fix)).trimmed());
    m_words->setFixedWidth(theme.scaled(320));
    while (QLayoutItem* item = m_quickFixes->takeAt(0)) {
        if (item->widget() != nullptr) item->widget()->deleteLater();
        delete item;
    }
    for (const QuickFix& fix : issue.quickFixes) addFix(fix);
    m_quickFixes->addStretch();
    setAccessibleName(m_words->text());
    placePopup(*this, at, 12);
    show();
    m_timer.start();
}

void RefusalBubble::paintEvent(QPaintEvent*) {
    const Tokens& tokens = Theme::of().tokens();
    QPainter painter(this);
    paintBox(painter, rect(), tokens.error.tint, tokens.error.line, metrics::kCardRadius);
}

void RefusalBubble::addFix(const QuickFix& fix) {
    auto* button = new QPushButton(translated(fix.label), this);
    button->setProperty("role", "link");
    button->setCursor(Qt::PointingHandCursor);
    connect(button, &QPushButton::clicked, this, [this, fix] {
        hide();
        m_document.applyFix(m_issue, fix, m_wire);
    });
    m_quickFixes->addWidget(button);
}

}  // namespace rw::ui

#include "widgets/welcome/recovery_bar.h"

#include <QDir>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr int kNarrow = 560;
}  // namespace

RecoveryBar::RecoveryBar(QWidget* parent)
    : QFrame(parent),
      m_icon(new QLabel),
      m_words(new QLabel),
      m_more(new QLabel),
      m_recover(new QPushButton),
      m_discard(new QPushButton) {
    setProperty("role", "hint");
    setProperty("kind", "warn");
    m_words->setWordWrap(true);
    m_more->setProperty("role", "caption");
    m_discard->setProperty("role", "flat");
    for (QPushButton* button : {m_recover, m_discard}) button->setProperty("controlSize", "small");
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::kListPadding, metrics::kBarPadding, metrics::kListPadding,
                            metrics::kBarPadding);
    row->setSpacing(metrics::kGrid);
    row->addWidget(m_icon);
    m_parts = new QBoxLayout(QBoxLayout::LeftToRight);
    m_parts->setSpacing(metrics::kGrid);
    auto* answers = new QHBoxLayout;
    answers->addWidget(m_more);
    answers->addWidget(m_discard);
    answers->addWidget(m_recover);
    answers->addStretch();
    m_parts->addWidget(m_words, 1);
    m_parts->addLayout(answers);
    row->addLayout(m_parts, 1);
    connect(m_recover, &QPushButton::clicked, this, [this] { Q_EMIT recoverRequested(m_left.front()); });
    connect(m_discard, &QPushButton::clicked, this, [this] { Q_EMIT discardRequested(m_left.front()); });
    hide();
    refreshIcon();
}

void RecoveryBar::offer(std::vector<Recoverable> left) {
    m_left = std::move(left);
    refresh();
}

void RecoveryBar::next() {
    if (!m_left.empty()) m_left.erase(m_left.begin());
    refresh();
}

void RecoveryBar::refresh() {
    setVisible(!m_left.empty());
    if (m_left.empty()) return;
    const Recoverable& left = m_left.front();
    const QString time = left.time.date() == QDate::currentDate()
                             ? left.time.toString(QStringLiteral("HH:mm:ss"))
                             : left.time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    m_words->setText(
        tr("Rillwright ended without closing “%1”. Its changes up to %2 are kept.").arg(left.name, time));
    m_words->setToolTip(left.path.isEmpty() ? tr("It was never saved.")
                                            : QDir::toNativeSeparators(left.path));
    const int more = static_cast<int>(m_left.size()) - 1;
    m_more->setText(tr("and %1 more").arg(more));
    m_more->setVisible(more > 0);
    m_recover->setText(tr("Recover it"));
    m_discard->setText(tr("Discard it"));
    setAccessibleName(m_words->text());
}

void RecoveryBar::refreshIcon() {
    const Theme& theme = Theme::of(this);
    m_icon->setPixmap(theme.pixmap(u"history", theme.scaled(metrics::kIcon), theme.tokens().warn.text,
                                   devicePixelRatioF()));
}

// In a narrow window the answers stand under the words, which would be a column of single ones else.
void RecoveryBar::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    const bool narrow = width() < Theme::of(this).scaled(kNarrow);
    m_parts->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void RecoveryBar::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) refresh();
    if (event->type() == QEvent::PaletteChange) refreshIcon();
}

}  // namespace rw::ui

#include "widgets/theme/empty_state.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <algorithm>

#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr int kLeastWidth = 160;
constexpr int kWordsWidth = 260;      // about 45 letters a line
constexpr int kWideWordsWidth = 560;  // where there is little height

}  // namespace

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent),
      m_lines(new QBoxLayout(QBoxLayout::TopToBottom, this)),
      m_icon(new QLabel(this)),
      m_title(new QLabel(this)),
      m_words(new QLabel(this)),
      m_action(new QPushButton(this)) {
    m_title->setProperty("role", "heading");
    m_words->setProperty("role", "dim");
    m_words->setWordWrap(true);
    m_action->setProperty("role", "link");
    m_lines->setSpacing(metrics::kStep);
    m_lines->addStretch(1);
    for (QLabel* label : {m_icon, m_title, m_words}) {
        label->setAlignment(Qt::AlignCenter);
        m_lines->addWidget(label, 0, label == m_words ? Qt::AlignHCenter : Qt::Alignment());
    }
    m_lines->addWidget(m_action, 0, Qt::AlignCenter);
    m_lines->addStretch(1);
    m_action->hide();
    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionTriggered);
}

void EmptyState::set(const QString& iconName, const QString& title, const QString& words,
                     const QString& action) {
    m_iconName = iconName;
    m_title->setText(title);
    m_words->setText(words);
    m_words->setVisible(!words.isEmpty());
    m_action->setText(action);
    // The keyboard is for the way out; when it goes, Qt would give the focus to the next widget.
    const bool wayOut = !action.isEmpty(), leaves = !wayOut && m_action->hasFocus();
    if (wayOut) m_action->show();
    setFocusProxy(wayOut ? m_action : nullptr);
    if (leaves) setFocus(Qt::OtherFocusReason);
    if (!wayOut) m_action->hide();
    setAccessibleName(title);
    setAccessibleDescription(words);
    refresh();
}

void EmptyState::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange) refresh();
}

void EmptyState::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void EmptyState::refresh() {
    const Theme& theme = Theme::of(this);
    const int size = theme.scaled(metrics::kIconLarge);
    m_icon->setPixmap(theme.pixmap(m_iconName, size, theme.tokens().dim, devicePixelRatioF()));
    m_icon->setContentsMargins(0, 0, 0, metrics::kGrid);
    arrange();
}

// A title and an action without words between them, on a card that is too low for two lines.
bool EmptyState::isOneLine(int room) const {
    if (!m_words->text().isEmpty() || m_action->text().isEmpty()) return false;
    const QSize title = m_title->sizeHint(), action = m_action->sizeHint();
    const QMargins edges = m_lines->contentsMargins();
    const int both = edges.top() + edges.bottom() + title.height() + action.height() + 3 * metrics::kStep;
    return both > height() && title.width() + action.width() + 2 * metrics::kStep <= room;
}

// Words are never cut: in a low panel their lines become longer, and the icon goes where that is not enough.
void EmptyState::arrange() {
    const Theme& theme = Theme::of(this);
    m_lines->unsetContentsMargins();
    const QMargins edges = m_lines->contentsMargins();
    const int room = std::max(theme.scaled(kLeastWidth), width()) - edges.left() - edges.right();
    const auto wrap = [&](int wanted) {
        m_words->setFixedWidth(std::min(theme.scaled(wanted), room));
        // A centred label is not asked how high it must be at that width; asked, it answers no less than
        // before.
        m_words->setMinimumHeight(0);
        const int high = std::max(0, m_words->heightForWidth(m_words->width()));
        m_words->setMinimumHeight(high);
        int all = edges.top() + edges.bottom() + m_title->sizeHint().height() + high + 2 * metrics::kStep;
        if (!m_action->text().isEmpty()) all += m_action->sizeHint().height() + metrics::kStep;
        return all;
    };
    const int icon = m_icon->sizeHint().height() + metrics::kStep;
    int needed = wrap(kWordsWidth);
    if (needed + icon > height()) needed = wrap(kWideWordsWidth);
    const bool line = isOneLine(room);
    m_lines->setDirection(line ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    if (line) m_lines->setContentsMargins(edges.left(), 0, edges.right(), 0);
    m_icon->setVisible(!line && needed + icon <= height());
    if (needed == m_needed) return;
    m_needed = needed;
    updateGeometry();
}

// The words are as wide as there is room now: that must not keep a panel from becoming narrower.
QSize EmptyState::minimumSizeHint() const {
    return {Theme::of(this).scaled(kLeastWidth), m_needed};
}

}  // namespace rw::ui

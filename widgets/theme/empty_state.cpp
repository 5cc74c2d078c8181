#include "widgets/theme/empty_state.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr int kWordsWidth = 260;  // about 45 letters a line

}  // namespace

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent),
      m_icon(new QLabel(this)),
      m_title(new QLabel(this)),
      m_words(new QLabel(this)),
      m_action(new QPushButton(this)) {
    m_title->setProperty("role", "heading");
    m_words->setProperty("role", "dim");
    m_words->setWordWrap(true);
    m_action->setProperty("role", "link");
    auto* column = new QVBoxLayout(this);
    column->setSpacing(metrics::kStep);
    column->addStretch(1);
    for (QLabel* label : {m_icon, m_title, m_words}) {
        label->setAlignment(Qt::AlignCenter);
        column->addWidget(label, 0, label == m_words ? Qt::AlignHCenter : Qt::Alignment());
    }
    column->addWidget(m_action, 0, Qt::AlignHCenter);
    column->addStretch(1);
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
    m_action->setVisible(!action.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(words);
    refresh();
}

void EmptyState::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange) refresh();
}

void EmptyState::refresh() {
    const Theme& theme = Theme::of(this);
    m_words->setFixedWidth(theme.scaled(kWordsWidth));
    // A centred label is not asked how high it must be at that width.
    m_words->setMinimumHeight(std::max(0, m_words->heightForWidth(m_words->width())));
    const int size = theme.scaled(metrics::kIconLarge);
    m_icon->setPixmap(theme.pixmap(m_iconName, size, theme.tokens().dim, devicePixelRatioF()));
    m_icon->setContentsMargins(0, 0, 0, metrics::kGrid);
}

}  // namespace rw::ui

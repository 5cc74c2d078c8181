#include "widgets/theme/search_field.h"

#include <QKeyEvent>
#include <QPainter>

#include "widgets/theme/control_painter.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr int kSearchPadding = 8;

}  // namespace

SearchField::SearchField(const QString& placeholder, const QString& keys, QWidget* parent)
    : QLineEdit(parent),
      m_keys(keys),
      m_clear(new IconButton(QStringLiteral("x"), tr("Clear the search"), this)) {
    setPlaceholder(placeholder);
    m_clear->setDense();
    m_clear->setFocusPolicy(Qt::NoFocus);  // Esc does the same from the field
    m_clear->setCursor(Qt::ArrowCursor);
    m_clear->hide();
    connect(m_clear, &IconButton::clicked, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, this,
            [this](const QString& text) { m_clear->setVisible(!text.isEmpty()); });
    arrange();
}

void SearchField::setPlaceholder(const QString& placeholder) {
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
}

void SearchField::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    const int icon = theme.scaled(metrics::kIcon);
    paintGlyph(painter, QRect(kSearchPadding, (height() - icon) / 2, icon, icon), u"search", icon,
               theme.tokens().dim);
    if (!m_keys.isEmpty() && text().isEmpty())
        paintKeyCap(painter, theme, rect(), width() - kSearchPadding - 2, m_keys);
}

void SearchField::resizeEvent(QResizeEvent* event) {
    QLineEdit::resizeEvent(event);
    arrange();
}

void SearchField::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Escape) return QLineEdit::keyPressEvent(event);
    if (text().isEmpty())
        Q_EMIT left();
    else
        clear();
}

void SearchField::changeEvent(QEvent* event) {
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) arrange();
    if (event->type() == QEvent::LanguageChange) m_clear->setLabel(tr("Clear the search"));
}

void SearchField::arrange() {
    const Theme& theme = Theme::of(this);
    const QSize side = m_clear->sizeHint();
    m_clear->setGeometry(width() - side.width() - metrics::kStep, (height() - side.height()) / 2,
                         side.width(), side.height());
    const int keysWidth = keyCapWidth(theme, m_keys);
    setTextMargins(theme.scaled(metrics::kIcon) + 4, 0,
                   std::max(side.width(), m_keys.isEmpty() ? 0 : keysWidth), 0);
}

}  // namespace rw::ui

#include "widgets/theme/chip.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>

#include "widgets/theme/icon_button.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

const char* nameOf(Chip::Tone tone) {
    switch (tone) {
        case Chip::Tone::Accent:
            return "accent";
        case Chip::Tone::Ok:
            return "ok";
        case Chip::Tone::Warn:
            return "warn";
        case Chip::Tone::Error:
            return "error";
        case Chip::Tone::Plain:
            break;
    }
    return "plain";
}

ColorRole roleOf(Chip::Tone tone) {
    switch (tone) {
        case Chip::Tone::Accent:
            return ColorRole::Accent;
        case Chip::Tone::Ok:
            return ColorRole::Ok;
        case Chip::Tone::Warn:
            return ColorRole::Warn;
        case Chip::Tone::Error:
            return ColorRole::Error;
        case Chip::Tone::Plain:
            break;
    }
    return ColorRole::Dim;
}

}  // namespace

Chip::Chip(const QString& text, QWidget* parent)
    : QFrame(parent),
      m_icon(new QLabel(this)),
      m_text(new QLabel(this)),
      m_detail(new QLabel(this)),
      m_remove(new IconButton(QStringLiteral("x"), tr("Remove"), this)) {
    setProperty("role", "chip");
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_text->setProperty("chip", "text");
    m_detail->setProperty("chip", "detail");
    m_remove->setDense();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(7, 0, 7, 0);
    row->setSpacing(metrics::kStep);
    for (QWidget* part : {static_cast<QWidget*>(m_icon), static_cast<QWidget*>(m_text),
                          static_cast<QWidget*>(m_detail), static_cast<QWidget*>(m_remove)})
        row->addWidget(part);
    m_icon->hide();
    m_detail->hide();
    m_remove->hide();
    connect(m_remove, &IconButton::clicked, this, &Chip::removeRequested);
    setText(text);
    setTone(Tone::Plain);
}

void Chip::setText(const QString& text) {
    constexpr qsizetype kMostLetters = 80;  // of a column's name, which may be of any length
    const QString words = shownText(text, kMostLetters);
    m_whole = text;
    m_text->setText(words);
    setAccessibleName(words);
    m_remove->setAccessibleName(tr("Remove %1").arg(words));
}

QString Chip::text() const {
    return m_whole;
}

void Chip::setDetail(const QString& detail) {
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
}

void Chip::setIcon(const QString& iconName) {
    m_iconName = iconName;
    m_icon->setVisible(!iconName.isEmpty());
    refresh();
}

void Chip::setTone(Tone tone) {
    m_tone = tone;
    setProperty("tone", nameOf(tone));
    m_text->setProperty("tone", nameOf(tone));
    m_remove->setColorRole(roleOf(tone));
    Theme::repolish(this);
    Theme::repolish(m_text);
    refresh();
}

void Chip::setMono(bool mono) {
    m_text->setProperty("mono", mono);
    Theme::repolish(m_text);
}

void Chip::setRemovable(bool removable) {
    m_remove->setVisible(removable);
    setFocusPolicy(removable ? Qt::TabFocus : Qt::NoFocus);
    layout()->setContentsMargins(7, 0, removable ? 2 : 7, 0);
}

void Chip::keyPressEvent(QKeyEvent* event) {
    const bool removes = event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace;
    if (removes && m_remove->isVisible())
        Q_EMIT removeRequested();
    else if (event->key() == Qt::Key_Space || event->key() == Qt::Key_Return)
        Q_EMIT clicked();
    else
        QFrame::keyPressEvent(event);
}

// It has the release, so it must have the press: a card below would be dragged without an end.
void Chip::mousePressEvent(QMouseEvent* event) {
    event->accept();
}

void Chip::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint())) Q_EMIT clicked();
}

void Chip::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) setText(text());
    if (event->type() == QEvent::PaletteChange) refresh();
}

void Chip::refresh() {
    if (m_iconName.isEmpty()) return;
    const Theme& theme = Theme::of(this);
    m_icon->setPixmap(theme.pixmap(m_iconName, theme.scaled(metrics::kIconSmall),
                                   colorOf(theme.tokens(), roleOf(m_tone)), devicePixelRatioF()));
}

}  // namespace rw::ui

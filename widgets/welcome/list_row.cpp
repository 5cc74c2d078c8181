#include "widgets/welcome/list_row.h"

#include <QApplication>
#include <QDir>
#include <QDrag>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

#include "widgets/document/translated.h"
#include "widgets/theme/control_painter.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kTallHeight = 42, kFlatHeight = 34, kLeastWidth = 200;
constexpr int kTile = 24, kGap = 12;

/// Cuts off text without room; gives where the text ends.
int paintText(QPainter& painter, const QRect& room, const QString& text) {
    const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, room.width());
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, shown);
    return room.left() + painter.fontMetrics().horizontalAdvance(shown);
}

}  // namespace

ListRow::ListRow(ListRowTexts words, QWidget* parent) : QAbstractButton(parent), m_words(std::move(words)) {
    setText(m_words.name);
    setAccessibleName(m_words.name);
    setAccessibleDescription(m_words.detail);
    setToolTip(m_words.detail);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize ListRow::sizeHint() const {
    return minimumSizeHint();
}

QSize ListRow::minimumSizeHint() const {
    const Theme& theme = Theme::of(this);
    return {kLeastWidth, theme.scaled(m_words.tall ? kTallHeight : kFlatHeight)};
}

void ListRow::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    const Tokens& tokens = theme.tokens();
    QPainter painter(this);
    if (underMouse() || isDown()) painter.fillRect(rect(), isDown() ? tokens.selected : tokens.hover);
    painter.setPen(tokens.line);
    painter.drawLine(0, 0, width(), 0);
    const int right = paintRight(painter);
    m_words.tall ? paintTall(painter, right) : paintFlat(painter, right);
    if (hasFocus()) paintFocusRing(painter, rect(), tokens, metrics::kControlRadius);
}

int ListRow::paintRight(QPainter& painter) const {
    const Theme& theme = Theme::of(this);
    int right = width() - metrics::kPanelPadding;
    if (m_words.tall) {
        const int icon = theme.scaled(metrics::kIconSmall);
        paintGlyph(painter, QRect(right - icon, 0, icon, height()), u"chevron-right", icon,
                   theme.tokens().dim);
        right -= icon + metrics::kGrid;
    }
    painter.setFont(theme.font(TextStyle::Caption));
    painter.setPen(theme.tokens().dim);
    painter.drawText(QRect(0, 0, right, height()), Qt::AlignRight | Qt::AlignVCenter, m_words.right);
    return right - painter.fontMetrics().horizontalAdvance(m_words.right) - kGap;
}

void ListRow::paintTall(QPainter& painter, int right) const {
    const Theme& theme = Theme::of(this);
    const Tokens& tokens = theme.tokens();
    const int side = theme.scaled(kTile);
    const QRect tile(metrics::kPanelPadding, (height() - side) / 2, side, side);
    paintBox(painter, tile, tokens.op.tint, Qt::transparent, metrics::kControlRadius);
    paintGlyph(painter, tile, m_words.icon, theme.scaled(metrics::kIcon), tokens.op.text);
    const int left = tile.right() + kGap;
    const int line = theme.lineHeight(TextStyle::Body);
    const int top = height() / 2 - line;
    painter.setFont(theme.font(TextStyle::BodyMedium));
    painter.setPen(tokens.text);
    paintText(painter, QRect(left, top, right - left, line), m_words.name);
    painter.setFont(theme.font(TextStyle::Caption));
    painter.setPen(tokens.dim);
    paintText(painter, QRect(left, top + line, right - left, line), m_words.detail);
}

void ListRow::paintFlat(QPainter& painter, int right) const {
    const Theme& theme = Theme::of(this);
    const int icon = theme.scaled(metrics::kIcon);
    paintGlyph(painter, QRect(metrics::kPanelPadding, 0, icon, height()), m_words.icon, icon,
               theme.tokens().dim);
    const int left = metrics::kPanelPadding + icon + metrics::kGrid;
    painter.setFont(theme.font(TextStyle::BodyMedium));
    painter.setPen(theme.tokens().text);
    const int end = paintText(painter, QRect(left, 0, right - left, height()), m_words.name) + metrics::kGrid;
    painter.setFont(theme.font(TextStyle::Caption));
    painter.setPen(theme.tokens().dim);
    if (end < right) paintText(painter, QRect(end, 0, right - end, height()), m_words.detail);
}

void ListRow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void ListRow::mousePressEvent(QMouseEvent* event) {
    m_pressedAt = event->pos();
    QAbstractButton::mousePressEvent(event);
}

// The row may be gone before the drag is over: the window owns it.
void ListRow::mouseMoveEvent(QMouseEvent* event) {
    const bool far = (event->pos() - m_pressedAt).manhattanLength() >= QApplication::startDragDistance();
    if (!m_dragged || !isDown() || !far) return QAbstractButton::mouseMoveEvent(event);
    setDown(false);
    auto* drag = new QDrag(window());
    drag->setMimeData(m_dragged().release());
    drag->setPixmap(grab());
    drag->setHotSpot(m_pressedAt);
    drag->exec(Qt::CopyAction);
}

void ListRow::changeEvent(QEvent* event) {
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::StyleChange) updateGeometry();
}

namespace {

QString words(const char* text) {
    return QCoreApplication::translate("rw::ui::WelcomePage", text);
}

}  // namespace

QString shownFolder(const QString& path) {
    const QString folder = QFileInfo(path).absolutePath(), home = QDir::homePath();
    const bool below = folder == home || folder.startsWith(home + QLatin1Char('/'));
    return below ? QLatin1Char('~') + folder.mid(home.size()) : folder;
}

QString shownDate(const QDateTime& time, const QDate& today) {
    if (time.isNull()) return {};  // not known
    const QString clock = time.toString(QStringLiteral("HH:mm"));
    if (time.date() == today) return words(QT_TRANSLATE_NOOP("rw::ui::WelcomePage", "Today %1")).arg(clock);
    if (time.date() == today.addDays(-1))
        return words(QT_TRANSLATE_NOOP("rw::ui::WelcomePage", "Yesterday %1")).arg(clock);
    if (time.date().year() != today.year()) return time.date().toString(Qt::ISODate);
    //: A day of this year, in the letters of QDate::toString()
    const char* pattern = QT_TRANSLATE_NOOP("rw::ui::WelcomePage", "d MMM");
    return QLocale(languageName()).toString(time.date(), words(pattern));
}

}  // namespace rw::ui

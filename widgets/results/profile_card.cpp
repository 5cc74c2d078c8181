#include "widgets/results/profile_card.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "core/base/figures.h"
#include "core/connect/sqlite/values.h"
#include "core/data/text.h"
#include "widgets/charts/drawing/ticks.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {
namespace {

constexpr int kPadding = 16, kHead = 28, kBars = 36, kTopRow = 20, kFoot = 20, kBelow = 12;

constexpr double kDay = 86'400'000;
constexpr int kDateLength = 10;  ///< “2024-03-01”

/// For a comparison that a person may go on typing.
QString plainNumber(double value) {
    constexpr int kDigits = 6;
    return QString::fromStdString(figures::exact(figures::tidy(value, kDigits)));
}

QString timeText(double millis) {
    std::string text;
    appendTimestamp(text, static_cast<Instant>(millis));
    return QString::fromStdString(text);
}

QString count(std::int64_t rows) {
    return countText(static_cast<std::uint64_t>(rows));
}

QString rowCountText(std::int64_t rows) {
    return translated(figures::counted(static_cast<std::uint64_t>(rows), RW_TEXT("results", "1 row"),
                                       RW_TEXT("results", "%1 rows")));
}

}  // namespace

ProfileCard::ProfileCard(const SqliteColumn& column, QWidget* parent) : QWidget(parent), m_column(column) {
    setAccessibleName(shownText(QString::fromStdString(column.name)));
}

void ProfileCard::setProfile(std::optional<SqliteProfile> profile) {
    m_profile = std::move(profile);
    m_bar = std::clamp(m_bar, 0, std::max(0, bars() - 1));
    describe();
    setCursor(bars() > 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setFocusPolicy(bars() > 0 ? Qt::TabFocus : Qt::NoFocus);
    updateGeometry();
    update();
}

int ProfileCard::bars() const {
    if (!m_profile) return 0;
    return static_cast<int>(m_profile->numeric ? m_profile->bins.size() : m_profile->top.size());
}

QSize ProfileCard::sizeHint() const {
    const Theme& theme = Theme::of(this);
    const bool texts = m_profile && !m_profile->numeric;
    const int body = texts ? bars() * kTopRow : kBars + kFoot;
    return {theme.scaled(200), theme.scaled(kHead + body + kBelow)};
}

QRect ProfileCard::barsRect() const {
    const Theme& theme = Theme::of(this);
    const int top = theme.scaled(kHead);
    const int height =
        m_profile && !m_profile->numeric ? bars() * theme.scaled(kTopRow) : theme.scaled(kBars);
    return {kPadding, top, width() - 2 * kPadding, height};
}

// The whole height belongs to a bar: a short one is hard to hit.
QRect ProfileCard::barRect(int bar) const {
    const QRect all = barsRect();
    if (!m_profile->numeric) {
        const int height = all.height() / bars();
        return {all.left(), all.top() + bar * height, all.width(), height};
    }
    const int left = all.left() + bar * all.width() / bars(),
              right = all.left() + (bar + 1) * all.width() / bars();
    return {left, all.top(), right - left, all.height()};
}

QString ProfileCard::filterOf(int bar) const {
    const QString name = QString::fromStdString(m_column.name);
    if (!m_profile->numeric)
        return QStringLiteral("%1 = '%2'")
            .arg(name, QString::fromStdString(m_profile->top[static_cast<std::size_t>(bar)].first)
                           .replace(QLatin1Char('\''), QStringLiteral("''")));
    const double low = m_profile->least + (m_profile->most - m_profile->least) * bar / bars();
    if (m_profile->times && m_column.values == TypeId::Date)
        return QStringLiteral("%1 >= %2").arg(name, timeText(std::ceil(low / kDay) * kDay).left(10));
    if (m_profile->times) return QStringLiteral("%1 >= %2").arg(name, timeText(std::ceil(low)));
    // Rounded up, the lowest bar would leave out the least value.
    const QString from = bar == 0 ? QString::fromStdString(m_profile->leastText) : plainNumber(low);
    return QStringLiteral("%1 >= %2").arg(name, from);
}

// As much of the times as tells them apart: days, or within a day the time of day.
std::pair<QString, QString> ProfileCard::endTexts() const {
    if (!m_profile->times) return {roundedText(m_profile->least), roundedText(m_profile->most)};
    const QString first = timeText(m_profile->least), last = timeText(m_profile->most);
    constexpr int kDate = 10, kSeconds = 19, kClock = 11;
    if (m_column.values == TypeId::Date || first.left(kDate) != last.left(kDate))
        return {first.left(kDate), last.left(kDate)};
    const bool fine = m_profile->most - m_profile->least < 10'000;
    if (fine) return {first.mid(kClock), last.mid(kClock)};
    return {first.left(kSeconds), last.left(kSeconds).mid(kClock)};
}

QString ProfileCard::emptyText() const {
    if (!m_profile || m_profile->rows == 0) return {};
    if (m_profile->empty == 0) return tr("no empty");
    const double share = static_cast<double>(m_profile->empty) / static_cast<double>(m_profile->rows);
    return tr("%1 empty").arg(shareText(share));
}

void ProfileCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintHead(painter);
    if (bars() > 0) m_profile->numeric ? paintBins(painter) : paintTop(painter);
    if (hasFocus() && bars() > 0) {
        painter.setPen(Theme::of(this).tokens().accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(barRect(m_bar).adjusted(-1, -1, 0, 0));
    }
    painter.fillRect(QRect(0, height() - 1, width(), 1), Theme::of(this).tokens().line);
}

void ProfileCard::paintHead(QPainter& painter) const {
    const Theme& theme = Theme::of(this);
    QRect head(kPadding, 0, width() - 2 * kPadding, theme.scaled(kHead));
    painter.setFont(theme.font(TextStyle::Caption));
    painter.setPen(theme.tokens().dim);
    painter.drawText(head, Qt::AlignRight | Qt::AlignVCenter, emptyText());
    head.setRight(head.right() - painter.fontMetrics().horizontalAdvance(emptyText()) - metrics::kGrid);
    painter.setFont(theme.font(TextStyle::Code));
    const QString name = painter.fontMetrics().elidedText(shownText(QString::fromStdString(m_column.name)),
                                                          Qt::ElideRight, head.width());
    painter.setPen(theme.tokens().text);
    painter.drawText(head, Qt::AlignVCenter, name);
    head.setLeft(head.left() + painter.fontMetrics().horizontalAdvance(name) + metrics::kGrid);
    painter.setFont(theme.font(TextStyle::Caption));
    painter.setPen(theme.tokens().dim);
    painter.drawText(
        head, Qt::AlignVCenter,
        painter.fontMetrics().elidedText(QString::fromStdString(std::string(shownType(m_column))),
                                         Qt::ElideRight, head.width()));
}

void ProfileCard::paintBins(QPainter& painter) const {
    const Theme& theme = Theme::of(this);
    const std::int64_t most = *std::max_element(m_profile->bins.begin(), m_profile->bins.end());
    for (int bar = 0; bar < bars(); ++bar) {
        const std::int64_t rows = m_profile->bins[static_cast<std::size_t>(bar)];
        if (rows == 0) continue;
        QRect box = barRect(bar).adjusted(0, 0, -1, 0);
        box.setTop(box.bottom() + 1 - std::max(1, static_cast<int>(box.height() * rows / most)));
        painter.fillRect(box, theme.tokens().series[0]);
    }
    const QRect foot(kPadding, barsRect().bottom() + 1, width() - 2 * kPadding, theme.scaled(kFoot));
    painter.setFont(theme.font(TextStyle::CodeSmall));
    painter.setPen(theme.tokens().dim);
    const auto [first, last] = endTexts();
    painter.drawText(foot, Qt::AlignLeft | Qt::AlignVCenter, first);
    painter.drawText(foot, Qt::AlignRight | Qt::AlignVCenter, last);
    if (m_profile->times) return;  // no room for a third
    painter.setPen(theme.tokens().text);
    painter.drawText(foot, Qt::AlignCenter, tr("median %1").arg(roundedText(m_profile->median)));
}

void ProfileCard::paintTop(QPainter& painter) const {
    const Theme& theme = Theme::of(this);
    const std::int64_t most = m_profile->top.front().second;
    painter.setFont(theme.font(TextStyle::CodeSmall));
    for (int bar = 0; bar < bars(); ++bar) {
        const auto& [text, rows] = m_profile->top[static_cast<std::size_t>(bar)];
        QRect row = barRect(bar);
        const QRect words(row.left(), row.top(), row.width() / 2 - metrics::kGrid, row.height());
        painter.setPen(theme.tokens().text);
        painter.drawText(words, Qt::AlignVCenter,
                         // In the middle: what many values begin with does not tell them apart.
                         painter.fontMetrics().elidedText(shownText(QString::fromStdString(text)),
                                                          Qt::ElideMiddle, words.width()));
        const QString shown = count(rows);
        row.setLeft(row.center().x());
        const int room = row.width() - painter.fontMetrics().horizontalAdvance(shown) - metrics::kGrid;
        const int length = std::max(2, static_cast<int>(room * rows / most));
        painter.fillRect(QRect(row.left(), row.center().y() - 3, length, 6), theme.tokens().series[0]);
        painter.setPen(theme.tokens().dim);
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, shown);
    }
}

QString ProfileCard::tipAt(const QPoint& at) const {
    for (int bar = 0; m_profile && !m_profile->numeric && bar < bars(); ++bar) {
        if (barRect(bar).contains(at))
            return QString::fromStdString(m_profile->top[static_cast<std::size_t>(bar)].first);
    }
    const QString type = QString::fromStdString(std::string(shownType(m_column)));
    return QStringLiteral("%1 %2").arg(QString::fromStdString(m_column.name), type);
}

bool ProfileCard::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto& help = *static_cast<QHelpEvent*>(event);
    QToolTip::showText(help.globalPos(), tipText(tipAt(help.pos())), this);
    return true;
}

void ProfileCard::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    describe();
    update();
}

/// Of times as much as tells them apart.
std::pair<QString, QString> ProfileCard::endsOf(int bar) const {
    const double step = (m_profile->most - m_profile->least) / bars();
    const double low = m_profile->least + step * bar, high = bar + 1 == bars() ? m_profile->most : low + step;
    if (!m_profile->times) return {roundedText(low), roundedText(high)};
    return m_column.values == TypeId::Date
               ? std::pair(timeText(low).left(kDateLength), timeText(high).left(kDateLength))
               : std::pair(timeText(low), timeText(high));
}

QString ProfileCard::barWords() const {
    if (m_bar >= bars()) return {};
    const auto place = static_cast<std::size_t>(m_bar);
    if (!m_profile->numeric) {
        const auto& [text, rows] = m_profile->top[place];
        return tr("%1: %2").arg(shownText(QString::fromStdString(text)), rowCountText(rows));
    }
    const auto [low, high] = endsOf(m_bar);
    return tr("%1 to %2: %3").arg(low, high, rowCountText(m_profile->bins[place]));
}

/// For screen readers.
void ProfileCard::describe() {
    QStringList parts{emptyText(), hasFocus() ? barWords() : QString()};
    parts.removeAll(QString());
    setAccessibleDescription(parts.join(QStringLiteral(" · ")));
}

void ProfileCard::goTo(int bar) {
    m_bar = std::clamp(bar, 0, bars() - 1);
    describe();
    QToolTip::showText(mapToGlobal(barRect(m_bar).center()), tipText(barWords()), this);
    update();
}

// Texts stand below each other, numbers side by side: either pair of arrows leads on.
void ProfileCard::keyPressEvent(QKeyEvent* event) {
    if (bars() == 0 || event->modifiers().testAnyFlags(Qt::ControlModifier | Qt::AltModifier))
        return QWidget::keyPressEvent(event);
    switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Up:
            return goTo(m_bar - 1);
        case Qt::Key_Right:
        case Qt::Key_Down:
            return goTo(m_bar + 1);
        case Qt::Key_Home:
            return goTo(0);
        case Qt::Key_End:
            return goTo(bars() - 1);
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            return Q_EMIT filterRequested(filterOf(m_bar));
        default:
            QWidget::keyPressEvent(event);
    }
}

void ProfileCard::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    describe();
    update();
}

void ProfileCard::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    describe();
    update();
}

void ProfileCard::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return QWidget::mouseReleaseEvent(event);
    for (int bar = 0; bar < bars(); ++bar)
        if (barRect(bar).contains(event->pos())) return Q_EMIT filterRequested(filterOf(bar));
}

}  // namespace rw::ui

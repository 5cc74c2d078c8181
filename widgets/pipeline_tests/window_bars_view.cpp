// How the bars are painted, and what they say.
#include <QHelpEvent>
#include <QPainter>
#include <QPolygonF>
#include <QToolTip>
#include <algorithm>
#include <utility>

#include "core/base/figures.h"
#include "widgets/charts/drawing/ticks.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/pipeline_tests/window_bars.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

constexpr int kBarHeight = 22, kBarGap = 2, kSideGap = 6, kRowsHeight = 30, kTickEvery = 72, kDot = 3;
constexpr int kLeastWidth = 160;

int lanesIn(const std::vector<WindowBars::Bar>& bars) {
    int lanes = 1;
    for (const WindowBars::Bar& bar : bars) lanes = std::max(lanes, bar.lane + 1);
    return lanes;
}

}  // namespace

WindowBarsView::WindowBarsView(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("window_bars"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void WindowBarsView::set(WindowBars bars) {
    m_bars = std::move(bars);
    setVisible(m_room && !m_bars.empty());
    if (m_bars.empty()) return;
    m_from = kMaxTimestamp;
    m_to = kMinTimestamp;
    for (const auto* side : {&m_bars.expected, &m_bars.got}) {
        for (const WindowBars::Bar& bar : *side) {
            m_from = std::min(m_from, bar.from);
            m_to = std::max(m_to, bar.to);
        }
    }
    describe();
    updateGeometry();
    update();
}

void WindowBarsView::setRoom(bool room) {
    m_room = room;
    setVisible(m_room && !m_bars.empty());
}

QSize WindowBarsView::sizeHint() const {
    const Theme& theme = Theme::of(this);
    const int lanes = lanesIn(m_bars.expected) + lanesIn(m_bars.got);
    return {theme.scaled(3 * kLeastWidth), theme.lineHeight(TextStyle::CodeSmall) + metrics::kStep +
                                               lanes * theme.scaled(kBarHeight + kBarGap) + 2 * kSideGap +
                                               theme.scaled(kRowsHeight) + metrics::kGrid};
}

QSize WindowBarsView::minimumSizeHint() const {
    return {Theme::of(this).scaled(kLeastWidth), sizeHint().height()};
}

QRect WindowBarsView::plot() const {
    const Theme& theme = Theme::of(this);
    const QFontMetrics words(theme.font(TextStyle::Caption));
    int names = 0;
    for (const QString& name : {tr("expected"), tr("got"), tr("rows")})
        names = std::max(names, words.horizontalAdvance(name));
    const int top = theme.lineHeight(TextStyle::CodeSmall) + metrics::kStep;
    return QRect(QPoint(names + 2 * metrics::kGrid, top),
                 QPoint(width() - metrics::kGrid, height() - metrics::kGrid));
}

double WindowBarsView::placeOf(Instant at) const {
    const QRect room = plot();
    return room.left() + static_cast<double>(at - m_from) / static_cast<double>(m_to - m_from) * room.width();
}

QRectF WindowBarsView::barRect(const WindowBars::Bar& bar, bool got) const {
    const Theme& theme = Theme::of(this);
    const int high = theme.scaled(kBarHeight), step = theme.scaled(kBarHeight + kBarGap);
    const int above = got ? lanesIn(m_bars.expected) * step + kSideGap : 0;
    return QRectF(QPointF(placeOf(bar.from) + 1, plot().top() + above + bar.lane * step),
                  QPointF(placeOf(bar.to) - 1, plot().top() + above + bar.lane * step + high));
}

void WindowBarsView::paintAxis(QPainter& painter) const {
    const Theme& theme = Theme::of(this);
    const Tokens& t = theme.tokens();
    const QRect room = plot();
    painter.setFont(theme.font(TextStyle::CodeSmall));
    const QFontMetrics small(painter.font());
    int free = 0;
    for (const Tick& tick :
         timeTicks(m_from, m_to, std::max(2, room.width() / theme.scaled(kTickEvery)), QTimeZone::utc())) {
        const int x = static_cast<int>(placeOf(static_cast<Instant>(tick.at)));
        painter.setPen(t.line);
        painter.drawLine(x, room.top(), x, room.bottom());
        const int wide = small.horizontalAdvance(tick.label);
        const int left = std::min(x - wide / 2, width() - wide);
        if (left < free) continue;
        free = left + wide + metrics::kGrid;
        painter.setPen(t.dim);
        painter.drawText(QRect(left, 0, wide + 1, small.height()), Qt::AlignCenter, tick.label);
    }
}

// What is not as the other side has it is outlined and pale: red alone would tell nothing to some.
void WindowBarsView::paintBars(QPainter& painter, bool got) const {
    const Theme& theme = Theme::of(this);
    const Tokens& t = theme.tokens();
    const std::vector<WindowBars::Bar>& bars = got ? m_bars.got : m_bars.expected;
    WindowBars::Bar first;
    first.from = m_from;
    first.to = m_to;
    painter.setFont(theme.font(TextStyle::Caption));
    painter.setPen(t.dim);
    QRectF name = barRect(first, got);
    name.setLeft(metrics::kGrid);
    name.setRight(plot().left());
    painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter, got ? tr("got") : tr("expected"));
    painter.setFont(theme.font(TextStyle::CodeSmall));
    for (const WindowBars::Bar& bar : bars) {
        const QRectF box = barRect(bar, got);
        painter.setPen(bar.differs ? QPen(t.error.line, 1) : QPen(Qt::NoPen));
        painter.setBrush(bar.differs ? t.error.tint : t.firedWindow);
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), metrics::kBarRadius, metrics::kBarRadius);
        painter.setPen(bar.differs ? t.error.text : t.onFiredWindow);
        const QRectF inside = box.adjusted(metrics::kStep, 0, -metrics::kStep, 0);
        painter.drawText(inside, Qt::AlignCenter,
                         painter.fontMetrics().elidedText(shownText(bar.words), Qt::ElideRight,
                                                          static_cast<int>(inside.width())));
    }
}

// Rows that are next to each other share a number's place: the first of them is named.
void WindowBarsView::paintRows(QPainter& painter) const {
    const Theme& theme = Theme::of(this);
    const Tokens& t = theme.tokens();
    const QRect room = plot();
    const int middle = room.bottom() - theme.scaled(kRowsHeight) + theme.scaled(kRowsHeight) / 4;
    painter.setFont(theme.font(TextStyle::Caption));
    painter.setPen(t.dim);
    painter.drawText(QRect(metrics::kGrid, middle - theme.scaled(kRowsHeight) / 4, room.left(),
                           theme.scaled(kRowsHeight) / 2),
                     Qt::AlignLeft | Qt::AlignVCenter, tr("rows"));
    std::vector<WindowBars::Mark> marks = m_bars.rows;
    std::sort(marks.begin(), marks.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    painter.setFont(theme.font(TextStyle::CodeSmall));
    const QFontMetrics small(painter.font());
    double free = 0;
    for (const WindowBars::Mark& mark : marks) {
        if (mark.at < m_from || mark.at >= m_to) continue;
        const double x = placeOf(mark.at);
        const QColor color = mark.late ? t.warn.line : t.accent;
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        if (mark.late) {
            painter.drawPolygon(QPolygonF({{x - kDot - 1.0, middle - kDot - 0.0},
                                           {x + kDot + 1.0, middle - kDot - 0.0},
                                           {x, middle + kDot + 1.0}}));
        } else {
            painter.drawEllipse(QPointF(x, middle), kDot, kDot);
        }
        const QString number = countText(mark.number);
        const double wide = small.horizontalAdvance(number);
        if (x - wide / 2 < free) continue;
        free = x + wide / 2 + metrics::kStep;
        painter.setPen(mark.late ? t.warn.text : t.dim);
        painter.drawText(QRectF(x - wide / 2, middle + kDot + 1, wide + 1, small.height()), Qt::AlignCenter,
                         number);
    }
}

void WindowBarsView::paintEvent(QPaintEvent*) {
    if (m_bars.empty()) return;
    QPainter painter(this);
    paintAxis(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    paintBars(painter, false);
    paintBars(painter, true);
    paintRows(painter);
}

QString WindowBarsView::tipAt(QPoint at) const {
    for (const bool got : {false, true}) {
        for (const WindowBars::Bar& bar : got ? m_bars.got : m_bars.expected) {
            if (!barRect(bar, got).contains(at)) continue;
            const QString words = spanText(bar.from, bar.to, QTimeZone::utc()) + u'\n' + bar.words;
            if (!bar.differs) return words;
            return words + u'\n' + (got ? tr("It was not expected.") : tr("It did not come."));
        }
    }
    for (const WindowBars::Mark& mark : m_bars.rows) {
        if (std::abs(placeOf(mark.at) - at.x()) > 2 * kDot ||
            at.y() < plot().bottom() - Theme::of(this).scaled(kRowsHeight))
            continue;
        const QString words = tr("Row %1, %2").arg(countText(mark.number), eventTimeText(mark.at));
        return mark.late ? words + u'\n' + tr("It came when its window had closed.") : words;
    }
    return {};
}

bool WindowBarsView::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto& help = *static_cast<QHelpEvent*>(event);
    QToolTip::showText(help.globalPos(), tipText(tipAt(help.pos())), this);
    return true;
}

/// For screen readers, which have the rows in the table below.
void WindowBarsView::describe() {
    setAccessibleName(tr("Expected and got over event time"));
    const auto windows = [](std::size_t count) {
        return translated(figures::counted(count, RW_TEXT("tests panel", "1 window"),
                                           RW_TEXT("tests panel", "%1 windows")));
    };
    QStringList parts{tr("expected: %1").arg(windows(m_bars.expected.size())),
                      tr("got: %1").arg(windows(m_bars.got.size()))};
    for (const WindowBars::Mark& mark : m_bars.rows) {
        if (mark.late) parts << tr("row %1 came when its window had closed").arg(countText(mark.number));
    }
    setAccessibleDescription(parts.join(QStringLiteral(", ")));
}

void WindowBarsView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    describe();
    update();
}

}  // namespace rw::ui

#include "widgets/timeline/timeline_view.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>

#include "widgets/charts/drawing/ticks.h"
#include "widgets/theme/tip_text.h"
#include "widgets/timeline/timeline_words.h"

namespace rw::ui {

namespace {

constexpr double kShift = 0.25;      // of the span, for a key
constexpr double kWheelShift = 0.1;  // for a notch
constexpr int kNotch = 120;
constexpr int kSwatch = 18, kSwatchHeight = 10;

}  // namespace

void TimelineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const {
    const auto& model = static_cast<const TimelineModel&>(*index.model());
    const Theme& theme = Theme::of(this);
    const bool current = (option.state & QStyle::State_Selected) != 0;
    painter->save();
    const QColor& ground = current ? theme.tokens().selected : theme.tokens().panel;
    painter->fillRect(option.rect, ground);
    if (current)
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 2, option.rect.height()),
                          theme.tokens().accent);
    TimelinePainter(theme, model, TimelineView::scaleOf(model, option.rect.width()))
        .paintLine(*painter, option.rect, model.line(index), ground);
    painter->restore();
}

QSize TimelineDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const auto& model = static_cast<const TimelineModel&>(*index.model());
    return {0, TimelinePainter::heightOf(Theme::of(this), model.line(index))};
}

bool TimelineDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view,
                                 const QStyleOptionViewItem& option, const QModelIndex& index) {
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const auto& model = static_cast<const TimelineModel&>(*index.model());
    const TimelineLine& line = model.line(index);
    QString words;
    if (line.kind == TimelineLine::Kind::Watermark) {
        words = TimelineWords::tipOf(line.mark, model.zone());
    } else if (line.kind == TimelineLine::Kind::Lane) {
        const TimelinePainter painter(Theme::of(this), model,
                                      TimelineView::scaleOf(model, option.rect.width()));
        QString key;
        const LaneWindow* window = painter.windowAt(option.rect, line, event->pos(), key);
        words = window != nullptr ? TimelineWords::tipOf(*window, key, line.why, model.zone())
                                  : line.title + u'\n' + line.about;
    }
    QToolTip::showText(event->globalPos(), tipText(words), view->viewport());
    return true;
}

TimelineView::TimelineView(TimelineModel& model, QWidget* parent) : QListView(parent), m_model(model) {
    setModel(&model);
    setItemDelegate(new TimelineDelegate(this));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setTabKeyNavigation(false);
    setSelectionMode(SingleSelection);
    setFrameShape(NoFrame);
    connect(this, &QListView::activated, this, [this](const QModelIndex& index) {
        const TimelineLine& line = m_model.line(index);
        const bool lane = line.kind == TimelineLine::Kind::Lane;
        Q_EMIT nodeActivated(lane ? line.lane.node : line.mark.source);
    });
    connect(&Theme::of(this), &Theme::changed, this, &TimelineView::doItemsLayout);
}

TimeScale TimelineView::scaleOf(const TimelineModel& model, int width) {
    const int left = Theme::of().scaled(TimelinePainter::kNames);
    return {model.timeSpan(), left, std::max(width - left - metrics::kListPadding, 1)};
}

void TimelineView::choose(const TimelineLine& line, const LaneWindow& window, const QString& key) {
    m_model.choose(ChosenWindow{line.lane.node, key, window.window});
    Q_EMIT windowChosen();
}

/// To the next window of the lane or the one before, or to the last or first; the span follows.
void TimelineView::step(int by, bool toEnd) {
    const QModelIndex at = currentIndex();
    if (!at.isValid() || m_model.line(at).kind != TimelineLine::Kind::Lane) return;
    const TimelineLine& line = m_model.line(at);
    const auto windows = m_model.windowsOf(line);
    if (windows.empty()) return;
    const auto last = static_cast<std::ptrdiff_t>(windows.size()) - 1;
    std::ptrdiff_t place = by > 0 ? (toEnd ? last : -1) : (toEnd ? 0 : last + 1);
    const auto& chosen = m_model.chosen();
    if (!toEnd && chosen && chosen->node == line.lane.node) {
        const auto found = std::find_if(windows.begin(), windows.end(), [&chosen](const auto& each) {
            return each.first->window == chosen->window && each.second == chosen->key;
        });
        if (found != windows.end()) place = found - windows.begin();
    } else if (!toEnd && by > 0) {
        place = last - 1;  // begins at the newest, whichever way it goes
    }
    if (!toEnd) place = std::clamp<std::ptrdiff_t>(place + by, 0, last);
    const auto& [window, key] = windows[static_cast<std::size_t>(place)];
    const TimelineSpan span = m_model.timeSpan();
    const Window to = window->window;
    choose(line, *window, key);
    if (place == last) {
        Q_EMIT moved(std::nullopt);
    } else if (to.start < span.from || to.end > span.to) {
        Q_EMIT moved(to.start - span.length() / 2 + (to.end - to.start) / 2);
    }
}

void TimelineView::shift(double share) {
    const TimelineSpan& span = m_model.timeSpan();
    Q_EMIT moved(span.from + static_cast<Millis>(share * static_cast<double>(span.length())));
}

void TimelineView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Comma:
            return step(-1, false);
        case Qt::Key_Period:
            return step(1, false);
        case Qt::Key_Home:
            return step(-1, true);
        case Qt::Key_End:
            return step(1, true);
        case Qt::Key_Left:
            return shift(-kShift);
        case Qt::Key_Right:
            return shift(kShift);
        case Qt::Key_BracketLeft:
        case Qt::Key_BracketRight:
            return event->ignore();  // the panel has them
        default:
            QListView::keyPressEvent(event);
    }
}

void TimelineView::mousePressEvent(QMouseEvent* event) {
    QListView::mousePressEvent(event);
    const QModelIndex at = indexAt(event->pos());
    if (!at.isValid() || m_model.line(at).kind != TimelineLine::Kind::Lane) return;
    const TimelineLine& line = m_model.line(at);
    QString key;
    const TimelinePainter painter(Theme::of(this), m_model, scale());
    if (const LaneWindow* window = painter.windowAt(visualRect(at), line, event->pos(), key))
        choose(line, *window, key);
}

/// Of the window under the pointer, which the press has chosen; by keys of the chosen one.
void TimelineView::contextMenuEvent(QContextMenuEvent* event) {
    const LaneWindow* window = m_model.chosenWindow();
    QPoint at = event->globalPos();
    if (event->reason() == QContextMenuEvent::Mouse) {
        const QModelIndex line = indexAt(event->pos());
        QString key;
        window = line.isValid() && m_model.line(line).kind == TimelineLine::Kind::Lane
                     ? TimelinePainter(Theme::of(this), m_model, scale())
                           .windowAt(visualRect(line), m_model.line(line), event->pos(), key)
                     : nullptr;
        if (window != nullptr) choose(m_model.line(line), *window, key);
    } else {
        at = viewport()->mapToGlobal(visualRect(currentIndex()).center());
    }
    if (window == nullptr || window->hasFired()) return event->ignore();
    event->accept();
    Q_EMIT menuRequested(m_model.chosen()->node, Window(window->window), at);
}

void TimelineView::wheelEvent(QWheelEvent* event) {
    const QPoint turned = event->angleDelta();
    const bool across = turned.x() != 0 || event->modifiers().testFlag(Qt::ShiftModifier);
    if (!across) return QListView::wheelEvent(event);
    const int notches = turned.x() != 0 ? turned.x() : turned.y();
    shift(-kWheelShift * notches / kNotch);
    event->accept();
}

/// The marks go on where there are no lines.
void TimelineView::paintEvent(QPaintEvent* event) {
    const int rows = m_model.rowCount();
    const int bottom = rows > 0 ? visualRect(m_model.index(rows - 1)).bottom() + 1 : 0;
    {
        QPainter painter(viewport());
        const QRect rest(0, bottom, viewport()->width(), viewport()->height() - bottom);
        painter.fillRect(viewport()->rect(), Theme::of(this).tokens().panel);
        if (rest.height() > 0) TimelinePainter(Theme::of(this), m_model, scale()).paintGrid(painter, rest);
    }
    QListView::paintEvent(event);
}

TimelineAxis::TimelineAxis(const TimelineModel& model, const TimelineView& view, QWidget* parent)
    : QWidget(parent), m_model(model), m_view(view) {
    const auto look = [this] {
        setToolTip(zoneText(m_model.zone(), m_model.timeSpan().from));
        update();
    };
    connect(&model, &TimelineModel::dataChanged, this, look);
    connect(&model, &TimelineModel::modelReset, this, look);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize TimelineAxis::sizeHint() const {
    return {0, Theme::of(this).scaled(TimelinePainter::kAxis)};
}

void TimelineAxis::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.tokens().panel2);
    painter.setFont(theme.font(TextStyle::Caption));
    painter.setPen(theme.tokens().dim);
    const TimeScale scale = m_view.scale();
    painter.drawText(QRect(metrics::kListPadding, 0, scale.left - metrics::kListPadding, height()),
                     Qt::AlignVCenter | Qt::AlignLeft,
                     tr("Event time, %1").arg(offsetText(m_model.zone(), scale.span.from)));
    painter.setFont(theme.font(TextStyle::CodeSmall));
    int free = scale.left;
    for (const Tick& tick : ticksOf(scale, m_model.zone())) {
        const int wide = painter.fontMetrics().horizontalAdvance(tick.label);
        const int middle = static_cast<int>(scale.at(static_cast<Instant>(tick.at)));
        const int from = std::min(middle - wide / 2, width() - wide - metrics::kStep);
        if (from < free) continue;
        painter.drawText(QRect(from, 0, wide, height()), Qt::AlignVCenter, tick.label);
        free = from + wide + metrics::kGrid;
    }
}

TimelineLegend::TimelineLegend(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

std::vector<std::pair<std::optional<BarLook>, QString>> TimelineLegend::entries() {
    return {{BarLook::Fired, tr("Fired")},
            {BarLook::Open, tr("Open")},
            {BarLook::Early, tr("Provisional")},
            {BarLook::Waits, tr("Waits")},
            {std::nullopt, tr("Late row")}};
}

QSize TimelineLegend::sizeHint() const {
    const Theme& theme = Theme::of(this);
    const QFontMetrics sizes(theme.font(TextStyle::Caption));
    int wide = 0;
    for (const auto& [look, words] : entries())
        wide += kSwatch + metrics::kStep + sizes.horizontalAdvance(words) + metrics::kListPadding;
    return {wide, theme.scaled(metrics::kSmallButtonHeight)};
}

/// Where all has no room, the last ones are left out.
void TimelineLegend::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.setFont(theme.font(TextStyle::Caption));
    int x = 0;
    for (const auto& [look, words] : entries()) {
        const int wide = painter.fontMetrics().horizontalAdvance(words);
        if (x + kSwatch + metrics::kStep + wide > width()) return;
        const QRect swatch(x, (height() - kSwatchHeight) / 2, kSwatch, kSwatchHeight);
        if (look) {
            paintBar(painter, theme, swatch, *look, swatch.right());
        } else {
            paintLateMark(painter, theme, {swatch.center().x(), swatch.bottom()});
        }
        painter.setPen(theme.tokens().dim);
        painter.drawText(QRect(swatch.right() + metrics::kStep, 0, wide + 2, height()), Qt::AlignVCenter,
                         words);
        x += kSwatch + metrics::kStep + wide + metrics::kListPadding;
    }
}

}  // namespace rw::ui

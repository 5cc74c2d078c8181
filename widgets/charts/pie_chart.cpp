#include "widgets/charts/pie_chart.h"

#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "widgets/charts/chart_tooltip.h"
#include "widgets/charts/data_table.h"
#include "widgets/charts/drawing/legend.h"
#include "widgets/charts/drawing/ticks.h"
#include "widgets/charts/drawing/words_around.h"
#include "widgets/charts/thumbnail.h"
#include "widgets/document/number_text.h"
#include "widgets/theme/control_painter.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/scene_fonts.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kUnitsPerTurn = 360 * 16;  ///< as QPainter::drawPie counts
constexpr double kSliceGap = 1.5, kMarkedEdge = 2;
constexpr double kLeastPie = 24;  ///< radius; of a smaller one the words go
constexpr qsizetype kLettersBeside = 24;
constexpr std::size_t kThumbnailSlices = 4;

/// How a slice is drawn; the rest has a colour of its own.
struct SliceLook {
    QColor color;
    bool open = false;    ///< hatched: it may still change
    bool marked = false;  ///< it is told about
};

QColor sliceColor(const Tokens& tokens, const PieSnapshot& shot, std::size_t place) {
    return place < shot.slices.size() ? seriesColor(tokens, place) : tokens.dim;
}

/// From `from` on, both in turns; the gap to its neighbours has the colour of the ground.
void paintSlice(QPainter& painter, const QRectF& box, double from, double share, const SliceLook& look,
                const Tokens& tokens, const QColor& ground) {
    const int begin = static_cast<int>(std::lround(kUnitsPerTurn * (0.25 - from)));
    const int end = static_cast<int>(std::lround(kUnitsPerTurn * (0.25 - from - share)));
    if (begin == end) return;
    const double ratio = painter.device()->devicePixelRatioF();
    painter.setBrush(look.open ? hatchBrush(look.color, ratio) : QBrush(look.color));
    painter.setPen(QPen(look.marked ? tokens.text : ground, look.marked ? kMarkedEdge : kSliceGap));
    if (begin - end == kUnitsPerTurn) return painter.drawEllipse(box);
    painter.drawPie(box, begin, end - begin);
}

void paintNoSlices(QPainter& painter, const QRectF& box, const Tokens& tokens) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(tokens.line, 1));
    painter.drawEllipse(box);
}

QRectF boxOf(const QPointF& center, double radius) {
    return QRectF(center - QPointF(radius, radius), QSizeF(2 * radius, 2 * radius));
}

/// The slices by their names, the rest as the last of them by a name that no other has.
std::vector<PieSlice> namedSlices(const PieSnapshot& shot, QString rest) {
    std::vector<PieSlice> slices = shot.slices;
    if (shot.folded == 0) return slices;
    const auto taken = [&](const PieSlice& slice) { return QString::fromStdString(slice.category) == rest; };
    while (std::any_of(slices.begin(), slices.end(), taken)) rest += QChar(0x2026);
    slices.push_back(shot.rest);
    slices.back().category = rest.toStdString();
    return slices;
}

}  // namespace

PieChart::PieChart(QWidget* parent) : CategoryChart(parent), m_legend(new Legend(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kListPadding, 0, metrics::kListPadding, metrics::kGrid);
    column->setSpacing(0);
    column->addWidget(&words());
    column->addWidget(m_legend);
    column->addStretch(1);
    setMouseTracking(true);
    connect(m_legend, &Legend::visibilityChanged, this, [this] { update(); });
    connect(m_legend, &Legend::hoveredEntry, this, &PieChart::pointAtNamed);
    connect(m_legend, &Legend::entryChosen, this, [this](const QString& name) { choose(placeOf(name)); });
}

void PieChart::draw() {
    const Tokens& tokens = Theme::of(this).tokens();
    m_legend->setChoosable(filter() != nullptr);
    m_shot = static_cast<const PieView&>(*view()).snapshot(query());
    m_slices = namedSlices(m_shot, tr("others"));
    std::vector<LegendEntry> entries;
    for (std::size_t i = 0; i < m_slices.size(); ++i) {
        entries.push_back(
            {QString::fromStdString(m_slices[i].category), sliceColor(tokens, m_shot, i), Qt::SolidLine});
    }
    m_legend->set(entries, {});
    refreshWords();
    update();
}

QStringList PieChart::notes() const {
    QStringList said;
    if (m_shot.forgotten > 0) said << tr("older categories left out");
    if (m_shot.negative > 0) said << tr("below zero and left out: %1").arg(m_shot.negative);
    if (m_shot.blank > 0) said << tr("rows without a number: %1").arg(m_shot.blank);
    return said;
}

// As large as its words leave room for.
PieChart::Circle PieChart::circle() const {
    const QWidget& above = m_legend->isHidden() ? static_cast<const QWidget&>(words()) : *m_legend;
    Circle where;
    where.area = QRectF(rect()).adjusted(metrics::kListPadding, above.geometry().bottom() + 1,
                                         -metrics::kListPadding, -metrics::kGrid);
    where.center = where.area.center();
    const QFontMetricsF caption(Theme::of(this).font(TextStyle::Caption));
    const double wide = where.area.width() / 2, high = where.area.height() / 2;
    const double aside = metrics::kGrid + caption.horizontalAdvance(shareText(0.888));
    where.radius = std::min(wide - aside, high - metrics::kGrid - caption.height());
    if (where.radius < kLeastPie) where.radius = std::max(0.0, std::min(wide, high) - kMarkedEdge);
    return where;
}

void PieChart::paintPie(QPainter& painter, const Circle& where, std::optional<int> marked) const {
    const Theme& theme = Theme::of(this);
    const Tokens& tokens = theme.tokens();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = boxOf(where.center, where.radius);
    paintNoSlices(painter, box, tokens);
    std::vector<CircleWords> wanted;
    double from = 0;
    for (std::size_t i = 0; i < m_slices.size(); ++i) {
        const PieSlice& slice = m_slices[i];
        const QString name = QString::fromStdString(slice.category);
        const QColor color = sliceColor(tokens, m_shot, i);
        const double begin = from;
        from += slice.share;
        if (slice.share <= 0 || m_legend->isHiddenEntry(name)) continue;
        paintSlice(painter, box, begin, slice.share,
                   {isPale(slice.category) ? mixed(color, tokens.card, Shade::Dimmed) : color, isOpen(),
                    marked == static_cast<int>(i)},
                   tokens, tokens.panel);
        const QString share = shareText(slice.share);
        wanted.push_back(
            {begin + slice.share / 2, shownText(name, kLettersBeside) + QStringLiteral("  ") + share, share});
    }
    const QFont font = theme.font(TextStyle::Caption);
    painter.setFont(font);
    painter.setPen(tokens.text);
    for (const PlacedWords& each :
         placeAround(where.area, where.center, where.radius, wanted, QFontMetricsF(font)))
        painter.drawText(each.place, Qt::AlignCenter, each.words);
}

void PieChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintPie(painter, circle(), pointed());
}

void PieChart::paintPicture(QPainter& painter, const QRectF& rect) {
    paintWords(painter, rect.topLeft());
    if (!m_legend->isHidden())
        m_legend->paintInto(painter, QRectF(m_legend->geometry()).translated(rect.topLeft()));
    Circle where = circle();
    where.area.translate(rect.topLeft());
    where.center += rect.topLeft();
    paintPie(painter, where, std::nullopt);
}

int PieChart::placeAt(const QPointF& at) const {
    const Circle where = circle();
    const QPointF away = at - where.center;
    if (std::hypot(away.x(), away.y()) > where.radius) return -1;
    const double turns = std::atan2(away.x(), -away.y()) / (2 * std::numbers::pi);
    double left = turns < 0 ? turns + 1 : turns;
    for (std::size_t i = 0; i < m_slices.size(); ++i) {
        left -= m_slices[i].share;
        if (left >= 0) continue;
        return m_legend->isHiddenEntry(QString::fromStdString(m_slices[i].category)) ? -1
                                                                                     : static_cast<int>(i);
    }
    return -1;
}

// A click on a slice is the chart's, all else the card's.
void PieChart::mousePressEvent(QMouseEvent* event) {
    m_pressed = filter() && event->button() == Qt::LeftButton ? placeAt(event->position()) : -1;
    if (m_pressed < 0) event->ignore();
}

void PieChart::mouseReleaseEvent(QMouseEvent* event) {
    const int pressed = std::exchange(m_pressed, -1);
    if (pressed < 0) return event->ignore();
    if (placeAt(event->position()) == pressed) choose(pressed);
}

void PieChart::mouseMoveEvent(QMouseEvent* event) {
    const int place = placeAt(event->position());
    if (place < 0 || pointed() != place) pointAt(place);
}

void PieChart::leaveEvent(QEvent*) {
    forgetPoint();
}

void PieChart::pointAtNamed(const QString& name) {
    pointAt(placeOf(name));
}

int PieChart::placeOf(const QString& name) const {
    const auto slice = std::find_if(m_slices.begin(), m_slices.end(), [&](const PieSlice& each) {
        return QString::fromStdString(each.category) == name;
    });
    return slice == m_slices.end() ? -1 : static_cast<int>(slice - m_slices.begin());
}

const std::string* PieChart::categoryAt(int place) const {
    const auto at = static_cast<std::size_t>(place);
    return at < m_shot.slices.size() ? &m_slices[at].category : nullptr;
}

void PieChart::tell(int place) {
    const auto at = static_cast<std::size_t>(place);
    const PieSlice& slice = m_slices[at];
    double from = 0;
    for (std::size_t i = 0; i < at; ++i) from += m_slices[i].share;
    const Circle where = circle();
    const QPointF middle = onCircle(where.center, where.radius * 0.7, from + slice.share / 2);
    const QColor color = sliceColor(Theme::of(this).tokens(), m_shot, at);
    std::vector<ChartTooltip::Row> rows{
        {color, QString::fromStdString(input().value.name), shownNumber(slice.value)},
        {color, tr("Share"), shareText(slice.share)}};
    if (at >= m_shot.slices.size())
        rows.push_back({color, tr("Categories"), shownNumber(static_cast<double>(m_shot.folded))});
    tooltip().showAt(middle.toPoint(), QString::fromStdString(slice.category), wordsText(), std::move(rows));
    update();
}

// The rest of the categories has no row of its own.
std::optional<ChartAsk> PieChart::rowAsked() const {
    if (!view() || !pointed() || static_cast<std::size_t>(*pointed()) >= m_shot.slices.size())
        return std::nullopt;
    return ChartAsk{ChartAsk::Of::Slice, rowOf(m_shot.slices[static_cast<std::size_t>(*pointed())])};
}

ChartTable PieChart::table() const {
    ChartTable table{
        {{QStringLiteral("category")}, {QStringLiteral("value"), true}, {QStringLiteral("share"), true}}};
    for (const PieSlice& slice : m_slices) {
        table.rows.push_back(
            {QString::fromStdString(slice.category), csvNumber(slice.value), csvNumber(slice.share)});
    }
    return table;
}

QString PieChart::summary() const {
    if (m_slices.empty()) return tr("Pie chart without data");
    const PieSlice& first = m_slices.front();
    return tr("Pie chart, slices: %1, the largest is %2 with %3")
        .arg(QString::number(m_slices.size()), QString::fromStdString(first.category),
             shareText(first.share));
}

// The pie, and beside it the names of the largest.
bool PieChart::paintThumbnail(QPainter& painter, const QRectF& rect, const PieView& view) {
    const Tokens& tokens = Theme::of().tokens();
    const PieSnapshot shot = view.snapshot();
    if (shot.totals.rows == 0) return false;
    const std::vector<PieSlice> slices = namedSlices(shot, tr("others"));
    const double radius = std::min(rect.height() / 2 - 2, rect.width() / 4);
    const QRectF box = boxOf({rect.left() + radius + 4, rect.center().y()}, radius);
    paintNoSlices(painter, box, tokens);
    double from = 0;
    for (std::size_t i = 0; i < slices.size(); ++i) {
        paintSlice(painter, box, from, slices[i].share,
                   {sliceColor(tokens, shot, i), shot.provisional, false}, tokens, tokens.field);
        from += slices[i].share;
    }
    const double left = box.right() + metrics::kGrid;
    const double step = rect.height() / static_cast<double>(kThumbnailSlices);
    for (std::size_t i = 0; i < std::min(slices.size(), kThumbnailSlices); ++i) {
        const QRectF row(left, rect.top() + step * static_cast<double>(i), rect.right() - left - 4, step);
        painter.fillRect(QRectF(row.left(), row.center().y() - 3, 6, 6), sliceColor(tokens, shot, i));
        const QString share = shareText(slices[i].share);
        const double room = textWidth(share, sceneFont(TextStyle::CodeTiny)) + 4;
        paintThumbnailText(painter, row.adjusted(10, 0, -room, 0), QString::fromStdString(slices[i].category),
                           tokens.dim, Qt::AlignLeft, TextStyle::Tiny);
        paintThumbnailText(painter, row, share, tokens.text, Qt::AlignRight);
    }
    return true;
}

}  // namespace rw::ui

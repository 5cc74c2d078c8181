#include "widgets/charts/heat_map_chart.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/base/figures.h"
#include "widgets/charts/chart_tooltip.h"
#include "widgets/charts/drawing/heat_scale.h"
#include "widgets/charts/drawing/plot.h"
#include "widgets/charts/questions/row_condition.h"
#include "widgets/document/number_text.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kLeastCell = 4;         ///< pixels a column is wide at least, and a row of numbers high
constexpr int kLeastCategory = 24;    ///< pixels a column of a category is wide at least
constexpr std::size_t kAlwaysShown = 12;  ///< categories, however small they are: shares are of all rows
constexpr double kLeastWithGaps = 6;  ///< pixels: smaller cells touch each other
constexpr double kThumbnailCell = 3;

/// How many fit side by side.
std::size_t fitting(double pixels, double each) {
    return static_cast<std::size_t>(std::max(1.0, pixels / each));
}

/// On whole pixels, so that neighbours meet without a seam.
QRectF onPixels(const QPointF& oneCorner, const QPointF& other) {
    return QRectF(QPointF(std::round(oneCorner.x()), std::round(oneCorner.y())),
                  QPointF(std::round(other.x()), std::round(other.y())))
        .normalized();
}

/// The numbers that a cell from `begin` on is of: those of integers without the halves beside them.
Range numbersOf(double begin, double size, bool whole, bool one) {
    constexpr int kDigits = 12;  // without the rounding of sums
    const auto tidy = [](double value) { return figures::tidy(value, kDigits); };
    if (one) return {tidy(begin + size / 2), tidy(begin + size / 2)};
    const double aside = whole ? 0.5 : 0;
    return {tidy(begin + aside), tidy(begin + size - aside)};
}

}  // namespace

HeatMapChart::HeatMapChart(QWidget* parent)
    : ChartWidget(parent),
      m_plot(new Plot(this)),
      m_scale(new HeatScale(this)),
      m_tooltip(new ChartTooltip(this)),
      m_note(new QLabel(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kListPadding, 0, metrics::kListPadding, metrics::kGrid);
    column->setSpacing(0);
    column->addWidget(m_note);
    column->addWidget(m_plot, 1);
    column->addWidget(m_scale);
    m_note->setProperty("role", "caption");
    m_note->hide();
    m_plot->setInteractive(false);
    m_plot->setLayer([this](QPainter& painter) { paintCells(painter); });
    connect(m_plot, &Plot::hovered, this, &HeatMapChart::pointAt);
    connect(m_plot, &Plot::left, this, &HeatMapChart::forgetPoint);
    connect(m_plot, &Plot::clicked, this, &HeatMapChart::choose);
    connect(m_plot, &Plot::arranged, this, [this] {
        const int left = static_cast<int>(m_plot->plotArea().left());
        m_scale->setIndent(left);
        m_note->setIndent(left);
        // How many cells fit decides which are made; a hidden picture is laid out when it is shown.
        if (m_plot->size() != m_drawnFor && view() && !isFrozen()) refresh();
    });
}

const HeatMapView& HeatMapChart::cells() const {
    return static_cast<const HeatMapView&>(*view());
}

PlaceAxis HeatMapChart::across() const {
    const HeatMapInfo& info = cells().info();
    return {info.x, info.x.index == info.eventTime, m_zone};
}

void HeatMapChart::reset() {
    m_shot = {};
    forgetPoint();
    if (view()) m_zone = zoneOf(cells().info().timeZone);
}

void HeatMapChart::draw() {
    m_drawnFor = m_plot->size();
    const bool texts = isMatrix() || cells().info().axes().texts;
    HeatQuery query;
    query.columns = fitting(m_plot->plotArea().width(), isMatrix() ? kLeastCategory : kLeastCell);
    query.rows = fitting(m_plot->plotArea().height(),
                         texts ? Theme::of(this).lineHeight(TextStyle::CodeSmall) : kLeastCell);
    if (isMatrix()) {
        query.columns = std::max(query.columns, kAlwaysShown);
        query.rows = std::max(query.rows, kAlwaysShown);
    }
    // A row that is kept may be one of those that did not fit.
    const bool onlyRow = !isMatrix() && keptOf(cells().info().y) != nullptr;
    if (onlyRow) query.rows = static_cast<std::size_t>(HeatGrid::kMaxRows);
    m_shot = cells().snapshot(query);
    keepCells();
    m_plot->setClickable(filter() != nullptr && !keptColumns().empty());
    const HeatPicture& picture = m_shot.picture;
    m_values = picture.cells.empty() ? Range() : valueRange(picture.least, picture.most);
    m_scale->set(m_values, QString::fromStdString(cells().info().value.name));
    const QString note = noteText();
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    showAxes();
    if (m_pointed) pointAt(m_pointed->x(), m_pointed->y());
}

void HeatMapChart::showAxes() {
    const HeatPicture& picture = m_shot.picture;
    const PlaceAxis axis = across();
    AxisLook rows{AxisLook::Kind::Number, QString::fromStdString(cells().info().y.name), m_zone, {}};
    if (isMatrix() || cells().info().axes().texts) rows.kind = AxisLook::Kind::Categories;
    for (std::size_t i = 0; i < picture.names.size(); ++i) {
        rows.ticks.push_back({static_cast<double>(picture.names.size() - 1 - i),
                              shownText(QString::fromStdString(picture.names[i]))});
    }
    AxisLook columns = axis.look(picture.right);
    if (isMatrix())
        columns = {AxisLook::Kind::Categories, QString::fromStdString(cells().info().x.name), m_zone, {}};
    for (std::size_t i = 0; isMatrix() && i < picture.names.size(); ++i)
        columns.ticks.push_back(
            {static_cast<double>(i), shownText(QString::fromStdString(picture.names[i]))});
    m_plot->setHorizontal({picture.left, picture.right}, columns);
    m_plot->setVertical({picture.low, picture.top}, rows);
    m_plot->setProvisional(
        m_shot.openFrom && provisional() != Provisional::Shown ? std::optional(Range{std::max(picture.left, static_cast<double>(*m_shot.openFrom)),
                                              picture.right})
                        : std::nullopt);
}

QString HeatMapChart::noteText() const {
    QStringList words;
    const HeatPicture& picture = m_shot.picture;
    if (isMatrix() && !picture.cells.empty()) words << matrixText();
    if (picture.more) {
        words << tr("%1 of more than %2 rows")
                     .arg(countText(picture.names.size()), countText(picture.allNames));
    } else if (picture.allNames > picture.names.size()) {
        words << tr("%1 of %2 rows, those with the largest values")
                     .arg(countText(picture.names.size()), countText(picture.allNames));
    }
    if (m_shot.forgotten > 0) words << tr("Given up: %1").arg(countText(m_shot.forgotten));
    if (m_shot.totals.skipped > 0) words << tr("Left out: %1").arg(countText(m_shot.totals.skipped));
    return words.join(QStringLiteral(" · "));
}

void HeatMapChart::paintCells(QPainter& painter) const {
    const HeatPicture& picture = m_shot.picture;
    const Tokens& tokens = Theme::of(this).tokens();
    for (const HeatCell& cell : picture.cells) {
        const QRectF place = boxOf(cell);
        const QColor color = heatColor(tokens, cell.value, m_values);
        painter.fillRect(place, isPale(cell) ? mixed(color, tokens.card, Shade::Dimmed) : color);
        if (isMatrix()) paintNumber(painter, place, cell);
    }
    if (isMatrix()) paintDiagonal(painter);
}

QRectF HeatMapChart::boxOf(const HeatCell& cell) const {
    const HeatPicture& picture = m_shot.picture;
    QRectF place = onPixels(m_plot->toScene(cell.x, cell.y),
                            m_plot->toScene(cell.x + picture.width, cell.y + picture.height));
    if (place.width() >= kLeastWithGaps) place.setWidth(place.width() - 1);
    if (place.height() >= kLeastWithGaps) place.setHeight(place.height() - 1);
    return place;
}

Range HeatMapChart::columnOf(const HeatCell& cell) const {
    const HeatPicture& picture = m_shot.picture;
    const HeatMapInfo& info = cells().info();
    if (info.times()) return {cell.x, cell.x + picture.width};
    return numbersOf(cell.x, picture.width, info.x.type.isInteger(), picture.oneColumn);
}

Range HeatMapChart::rowOf(const HeatCell& cell) const {
    const HeatPicture& picture = m_shot.picture;
    return numbersOf(cell.y, picture.height, cells().info().y.type.isInteger(), picture.oneRow);
}

QString HeatMapChart::rowText(const HeatCell& cell) const {
    const HeatPicture& picture = m_shot.picture;
    if (picture.names.empty())
        return QString::fromStdString(cells().info().y.name) + QLatin1Char(' ') + numbersText(rowOf(cell));
    return QString::fromStdString(picture.names[rowPlace(cell)]);
}

std::size_t HeatMapChart::rowPlace(const HeatCell& cell) const {
    const HeatPicture& picture = m_shot.picture;
    return static_cast<std::size_t>(std::lround(picture.top - cell.y - picture.height));
}

QString HeatMapChart::columnText(const HeatCell& cell) const {
    if (isMatrix()) {
        const QString name = QString::fromStdString(m_shot.picture.names[columnPlace(cell)]);
        return QString::fromStdString(cells().info().x.name) + QLatin1Char(' ') + name;
    }
    const Range column = columnOf(cell);
    return across().spanText(column.from, column.to);
}

const HeatCell* HeatMapChart::cellAt(double x, double y) const {
    const HeatPicture& picture = m_shot.picture;
    const auto cell = std::find_if(picture.cells.begin(), picture.cells.end(), [&](const HeatCell& each) {
        return x >= each.x && x < each.x + picture.width && y >= each.y && y < each.y + picture.height;
    });
    return cell == picture.cells.end() ? nullptr : &*cell;
}

std::optional<ChartAsk> HeatMapChart::rowAsked() const {
    const HeatCell* const cell = view() && m_pointed ? cellAt(m_pointed->x(), m_pointed->y()) : nullptr;
    if (cell == nullptr) return std::nullopt;
    const HeatPicture& picture = m_shot.picture;
    const HeatMapInfo& info = cells().info();
    RowCondition condition;
    if (isMatrix()) {
        condition.label(info.x, picture.names[columnPlace(*cell)]);
        condition.label(info.y, picture.names[rowPlace(*cell)]);
        return ChartAsk{ChartAsk::Of::Cell, condition.sql()};
    }
    // The cell has the value of the last of the rows within it.
    condition.within(info.windowStart.present() ? info.windowStart : info.x,
                     {cell->x, cell->x + picture.width});
    if (picture.names.empty()) {
        condition.within(info.y, {cell->y, cell->y + picture.height});
    } else {
        condition.label(info.y, picture.names[rowPlace(*cell)]);
    }
    if (!info.updating) condition.number(info.value, cell->value);
    return ChartAsk{ChartAsk::Of::Cell, condition.sql()};
}

void HeatMapChart::pointAt(double x, double y) {
    const HeatPicture& picture = m_shot.picture;
    const HeatCell* const cell = cellAt(x, y);
    if (cell == nullptr) return forgetPoint();
    const QPointF middle(cell->x + picture.width / 2, cell->y + picture.height / 2);
    m_pointed = middle;
    const QColor color = heatColor(Theme::of(this).tokens(), cell->value, m_values);
    if (!isMatrix()) m_plot->setCrosshair(middle.x(), {{middle.y(), color}});  // it would hide the number
    const QPointF spot = m_plot->mapTo(this, m_plot->mapFromScene(m_plot->toScene(middle.x(), middle.y())));
    const bool open = m_shot.openFrom && cell->x + picture.width > static_cast<double>(*m_shot.openFrom);
    QString note = open ? tr("Provisional") : QString();
    QString row = rowText(*cell);
    if (isMatrix()) {
        const double sum = sumOfRow(*cell);
        if (sum > 0) note = tr("%1 of %2").arg(shareText(cell->value / sum), row);
        row = QString::fromStdString(cells().info().y.name) + QLatin1Char(' ') + row;
    }
    m_tooltip->showAt(spot.toPoint(), columnText(*cell), note, {{color, row, shownNumber(cell->value)}});
    if (times() && hasTimes()) times()->pointAt(middle.x(), this);
}

void HeatMapChart::momentChanged() {
    if (m_pointed || !hasTimes() || times()->pointed() == this) return;
    const std::optional<double> moment = times()->moment();
    const HeatPicture& picture = m_shot.picture;
    const bool there = moment && *moment >= picture.left && *moment < picture.right;
    m_plot->setCrosshair(there ? moment : std::nullopt);
}

/// To the next cell there is in that direction, in the same row or column; else it stays.
void HeatMapChart::step(double columns, double rows) {
    const HeatPicture& picture = m_shot.picture;
    if (picture.cells.empty()) return;
    if (!m_pointed) {
        const HeatCell& newest = picture.cells.back();
        return pointAt(newest.x + picture.width / 2, newest.y + picture.height / 2);
    }
    const HeatCell* next = nullptr;
    double least = 0;
    for (const HeatCell& cell : picture.cells) {
        const double right = (cell.x + picture.width / 2 - m_pointed->x()) / picture.width;
        const double up = (cell.y + picture.height / 2 - m_pointed->y()) / picture.height;
        const double along = right * columns + up * rows, aside = columns != 0 ? up : right;
        if (std::fabs(aside) > 0.5 || along < 0.5 || (next && along >= least)) continue;
        next = &cell;
        least = along;
    }
    if (next) pointAt(next->x + picture.width / 2, next->y + picture.height / 2);
}

void HeatMapChart::forgetPoint() {
    m_pointed.reset();
    m_plot->setCrosshair(std::nullopt);
    m_tooltip->hide();
    if (times() && times()->pointed() == this) times()->pointAt(std::nullopt, nullptr);
}

void HeatMapChart::keyPressEvent(QKeyEvent* event) {
    const int times = (event->modifiers() & Qt::ShiftModifier) != 0 ? 10 : 1;
    const int key = event->key();
    if (key == Qt::Key_Escape && m_pointed) return forgetPoint();
    const bool chooses = key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space;
    if (chooses && m_pointed && filter() && !keptColumns().empty()) return choose();
    const double columns = key == Qt::Key_Right ? 1 : key == Qt::Key_Left ? -1 : 0;
    const double rows = key == Qt::Key_Up ? 1 : key == Qt::Key_Down ? -1 : 0;
    if (columns == 0 && rows == 0) return ChartWidget::keyPressEvent(event);
    for (int i = 0; i < times; ++i) step(columns, rows);
}

void HeatMapChart::paintPicture(QPainter& painter, const QRectF& rect) {
    paintCaption(painter, *m_note, rect.topLeft());
    m_plot->paintTo(painter, QRectF(m_plot->geometry()).translated(rect.topLeft()));
    m_scale->paintInto(painter, QRectF(m_scale->geometry()).translated(rect.topLeft()));
}

ChartTable HeatMapChart::table() const {
    if (!view()) return {};
    if (isMatrix()) return matrixTable();
    const PlaceAxis axis = across();
    const HeatPicture& picture = m_shot.picture;
    const bool texts = cells().info().axes().texts, times = axis.times();
    ChartTable table{{{QStringLiteral("from"), !times}, {QStringLiteral("to"), !times}}};
    if (texts) {
        table.columns.push_back({QStringLiteral("row")});
    } else {
        table.columns.push_back({QStringLiteral("row_from"), true});
        table.columns.push_back({QStringLiteral("row_to"), true});
    }
    table.columns.push_back({QStringLiteral("value"), true});
    for (const HeatCell& cell : picture.cells) {
        QStringList& row = table.rows.emplace_back();
        const Range column = columnOf(cell);
        row << axis.csv(column.from) << axis.csv(column.to);
        if (texts) {
            row << rowText(cell);
        } else {
            const Range numbers = rowOf(cell);
            row << csvNumber(numbers.from) << csvNumber(numbers.to);
        }
        row << csvNumber(cell.value);
    }
    return table;
}

QString HeatMapChart::summary() const {
    if (!view() || m_shot.picture.cells.empty()) return tr("Heat map without data");
    const HeatMapInfo& info = cells().info();
    if (isMatrix())
        return tr("Confusion matrix of %1 down and %2 across. %3")
            .arg(QString::fromStdString(info.y.name), QString::fromStdString(info.x.name), matrixText());
    return tr("Heat map of %1 by %2 over %3, values from %4 to %5")
        .arg(QString::fromStdString(info.value.name), QString::fromStdString(info.y.name),
             QString::fromStdString(info.x.name), shownNumber(m_shot.picture.least),
             shownNumber(m_shot.picture.most));
}

QString HeatMapChart::rangeText() const {
    if (!view() || isMatrix() || m_shot.picture.cells.empty()) return {};
    return across().rangeText({m_shot.picture.left, m_shot.picture.right});
}

bool HeatMapChart::paintThumbnail(QPainter& painter, const QRectF& rect, const HeatMapView& view) {
    HeatQuery query;
    query.columns = fitting(rect.width(), kThumbnailCell);
    query.rows = fitting(rect.height(), kThumbnailCell);
    const HeatPicture picture = view.snapshot(query).picture;
    if (picture.cells.empty()) return false;
    const Tokens& tokens = Theme::of().tokens();
    const Range values = valueRange(picture.least, picture.most);
    const auto place = [&](double x, double y) {
        return QPointF(rect.left() + rect.width() * (x - picture.left) / (picture.right - picture.left),
                       rect.bottom() - rect.height() * (y - picture.low) / (picture.top - picture.low));
    };
    for (const HeatCell& cell : picture.cells) {
        const QRectF box(place(cell.x, cell.y), place(cell.x + picture.width, cell.y + picture.height));
        painter.fillRect(box.normalized(), heatColor(tokens, cell.value, values));
    }
    return true;
}

// Across numbers a span says nothing.
QString HeatMapChart::shownSpan() const {
    return hasTimes() ? wordsOf(cells().info().span) : QString();
}

}  // namespace rw::ui

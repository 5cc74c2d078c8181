// What a heat map keeps of its cells: those of the values and times that its neighbours keep, and none that may
// still change where those are hidden.
#include <QMenu>
#include <algorithm>
#include <cmath>

#include "widgets/charts/data_table.h"
#include "widgets/charts/heat_map_chart.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

// Rows of numbers are values only where each is of one.
std::vector<ChartColumn> HeatMapChart::keptColumns() const {
    if (!view()) return {};
    const HeatMapInfo& info = cells().info();
    if (isMatrix()) return {info.y, info.x};
    const bool values = info.axes().texts || m_shot.picture.oneRow || m_shot.picture.cells.empty();
    return values ? std::vector{info.y} : std::vector<ChartColumn>();
}

std::string HeatMapChart::rowLabel(const HeatCell& cell) const {
    if (m_shot.picture.names.empty()) return csvNumber(rowOf(cell).from).toStdString();
    return m_shot.picture.names[rowPlace(cell)];
}

std::vector<ColumnValue> HeatMapChart::valuesOf(const HeatCell& cell) const {
    const HeatMapInfo& info = cells().info();
    std::vector<ColumnValue> values{{info.y, rowLabel(cell)}};
    if (isMatrix()) values.push_back({info.x, m_shot.picture.names[columnPlace(cell)]});
    return values;
}

bool HeatMapChart::isPale(const HeatCell& cell) const {
    const HeatMapInfo& info = cells().info();
    const ColumnValue* row = chosenOf(info.y);
    const ColumnValue* column = isMatrix() ? chosenOf(info.x) : nullptr;
    return (row != nullptr && !row->keeps(rowLabel(cell))) ||
           (column != nullptr && !column->keeps(m_shot.picture.names[columnPlace(cell)]));
}

void HeatMapChart::keepCells() {
    HeatPicture& picture = m_shot.picture;
    const HeatMapInfo& info = cells().info();
    const ColumnValue* row = keptOf(info.y);
    const ColumnValue* column = isMatrix() ? keptOf(info.x) : nullptr;
    const std::optional<Range> times = hasTimes() ? keptTimes() : std::nullopt;
    const bool hides = provisional() == Provisional::Hidden && m_shot.openFrom;
    if (!row && !column && !times && !hides) return;
    const bool windows = info.windowStart.present();
    const bool rows = row != nullptr && (info.axes().texts || isMatrix() || picture.oneRow);
    std::erase_if(picture.cells, [&](const HeatCell& cell) {
        const double end = cell.x + picture.width;
        return (rows && !row->keeps(rowLabel(cell))) ||
               (column && !column->keeps(picture.names[columnPlace(cell)])) ||
               (times && !(cell.x < times->to && (windows ? cell.x >= times->from : end > times->from))) ||
               (hides && end > static_cast<double>(*m_shot.openFrom));
    });
    if (picture.cells.empty()) return;
    if (rows && !isMatrix()) keepRow(*row);
    if (times) {
        picture.left = std::max(picture.left, picture.cells.front().x);
        picture.right = picture.left + picture.width;
        for (const HeatCell& cell : picture.cells)
            picture.right = std::max(picture.right, cell.x + picture.width);
    }
    picture.least = picture.most = picture.cells.front().value;
    for (const HeatCell& cell : picture.cells) {
        picture.least = std::min(picture.least, cell.value);
        picture.most = std::max(picture.most, cell.value);
    }
}

/// All cells are of one row: it fills the picture.
void HeatMapChart::keepRow(const ColumnValue& kept) {
    HeatPicture& picture = m_shot.picture;
    if (picture.names.empty()) {
        picture.low = picture.cells.front().y;
        picture.top = picture.low + picture.height;
        return;
    }
    picture.names = {kept.label};
    picture.allNames = 1;
    picture.low = -picture.height / 2;
    picture.top = picture.height / 2;
    for (HeatCell& cell : picture.cells) cell.y = picture.low;
}

const HeatCell* HeatMapChart::pointedCell() const {
    const HeatPicture& picture = m_shot.picture;
    if (!m_pointed) return nullptr;
    const auto found = std::find_if(picture.cells.begin(), picture.cells.end(), [&](const HeatCell& each) {
        return m_pointed->x() >= each.x && m_pointed->x() < each.x + picture.width &&
               m_pointed->y() >= each.y && m_pointed->y() < each.y + picture.height;
    });
    return found == picture.cells.end() ? nullptr : &*found;
}

void HeatMapChart::choose() {
    const HeatCell* cell = pointedCell();
    if (filter() && cell && !keptColumns().empty()) filter()->choose(valuesOf(*cell), this);
}

void HeatMapChart::fillMenu(QMenu& menu) {
    const HeatCell* cell = pointedCell();
    if (!filter() || !cell || keptColumns().empty()) return;
    const std::vector<ColumnValue> values = valuesOf(*cell);
    QStringList words;
    for (const ColumnValue& each : values) words << shownText(each.words(), 80);
    menu.addAction(labelText(tr("Filter by %1").arg(words.join(QStringLiteral(", ")))), this,
                   [this, values] { filter()->choose(values, this); });
}

}  // namespace rw::ui

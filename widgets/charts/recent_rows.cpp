#include "widgets/charts/recent_rows.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "core/data/text.h"
#include "core/stream/row_errors.h"
#include "core/views/table_view.h"
#include "widgets/charts/drawing/ticks.h"
#include "widgets/document/data_text.h"
#include "widgets/document/number_text.h"
#include "widgets/theme/scene_fonts.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr std::size_t kShownRows = 3, kMostColumns = 4, kLeastColumns = 2;
constexpr double kColumnGap = 8;
constexpr double kMostHead = 44;  ///< a name longer than that must not cost a column its place
constexpr qsizetype kDateLength = 10;

QString cellText(const Value& value, Type type) {
    if (isNull(value)) return QStringLiteral("NULL");
    // All digits would hide the cells beside them.
    if (const auto* number = std::get_if<double>(&value)) return roundedText(*number);
    return type.is(TypeId::Bytes) ? dataText(value, type) : QString::fromStdString(toText(value, type));
}

// A time stamp's date says little in a few pixels, unless all stand at midnight; so do thousandths of 0.
void shortenTimes(RecentRows& rows, std::size_t column) {
    const auto isMidnight = [&](const std::vector<QString>& row) {
        return row[column].mid(kDateLength + 1).startsWith(QStringLiteral("00:00:00"));
    };
    const bool days = std::all_of(rows.rows.begin(), rows.rows.end(), isMidnight);
    const bool whole = std::all_of(rows.rows.begin(), rows.rows.end(), [&](const std::vector<QString>& row) {
        return row[column].endsWith(QStringLiteral(".000"));
    });
    for (std::vector<QString>& row : rows.rows) {
        QString& cell = row[column];
        if (cell.size() <= kDateLength) continue;  // NULL
        cell = days ? cell.left(kDateLength) : cell.mid(kDateLength + 1);
        if (whole && !days) cell.chop(4);
    }
}

RecentRows headed(const std::vector<std::string>& names, const std::vector<Type>& types,
                  const std::vector<std::size_t>& places) {
    RecentRows rows;
    for (const std::size_t place : places) {
        rows.columns.push_back(QString::fromStdString(names[place]));
        rows.numeric.push_back(types[place].isNumeric());
    }
    return rows;
}

void shortenAllTimes(RecentRows& rows, const std::vector<Type>& types,
                     const std::vector<std::size_t>& places) {
    for (std::size_t c = 0; c < places.size(); ++c) {
        if (types[places[c]].is(TypeId::Timestamp)) shortenTimes(rows, c);
    }
}

std::vector<Type> typesOf(const Schema& schema) {
    std::vector<Type> types;
    for (const Field& field : schema.fields) types.push_back(field.type);
    return types;
}

std::vector<std::string> namesOf(const Schema& schema) {
    std::vector<std::string> names;
    for (const Field& field : schema.fields) names.push_back(field.name);
    return names;
}

/// A row in all its columns, to be compared: a change takes back the row that equals it.
using WholeRow = std::vector<std::string>;

WholeRow wholeRow(const Batch& batch, std::size_t row) {
    WholeRow cells;
    for (std::size_t c = 0; c < batch.columns.size(); ++c) {
        const ColumnRef& column = batch.columns[c];
        const bool known = column && !column->isNull(row);
        cells.push_back(known ? "=" + toText(valueAt(*column, row), batch.schema->fields[c].type) : "");
    }
    return cells;
}

void drawCell(QPainter& painter, const QRectF& rect, const QString& text, const QColor& color, bool right) {
    painter.setPen(color);
    painter.drawText(
        rect,
        static_cast<int>((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter | Qt::TextSingleLine),
        elided(text, painter.font(), rect.width(), Qt::ElideRight));
}

std::vector<double> naturalWidths(const RecentRows& rows, const QFont& font) {
    std::vector<double> widths;
    for (std::size_t c = 0; c < rows.columns.size(); ++c) {
        double width = std::min(textWidth(rows.columns[c], font), kMostHead);
        for (const auto& row : rows.rows) width = std::max(width, textWidth(row[c], font));
        widths.push_back(std::ceil(width));
    }
    return widths;
}

// Gives up columns at the end, then cuts the widest ones, until all fit into `room`.
void makeFit(std::vector<double>& widths, double room) {
    const auto whole = [&] {
        return std::accumulate(widths.begin(), widths.end(),
                               kColumnGap * static_cast<double>(widths.size() - 1));
    };
    while (widths.size() > kLeastColumns && whole() > room) widths.pop_back();
    for (double cap = room; cap > kColumnGap && whole() > room; cap -= 1) {
        for (double& width : widths) width = std::min(width, cap);
    }
}

// Room that is left goes to the names that are cut, from the first on.
void showHeads(std::vector<double>& widths, const RecentRows& rows, const QFont& font, double room) {
    double left = room - std::accumulate(widths.begin(), widths.end(),
                                         kColumnGap * static_cast<double>(widths.size() - 1));
    for (std::size_t c = 0; c < widths.size(); ++c) {
        const double missing = std::ceil(textWidth(rows.columns[c], font)) - widths[c];
        const double given = std::clamp(missing, 0.0, std::max(left, 0.0));
        widths[c] += given;
        left -= given;
    }
}

}  // namespace

std::vector<std::size_t> informativeColumns(const std::vector<Type>& types, std::size_t atMost) {
    std::vector<std::size_t> places, times;
    for (std::size_t i = 0; i < types.size(); ++i) {
        const bool time = types[i].is(TypeId::Timestamp);
        if (time) times.push_back(i);
        if (!time || times.size() == 1) places.push_back(i);
    }
    // Nothing but times: then they are the content.
    if (times.size() == types.size()) places = times;
    if (places.size() > atMost) places.resize(atMost);
    return places;
}

RecentRows recentRows(const std::vector<Batch>& batches, std::size_t rows, std::size_t columns) {
    RecentRows recent;
    for (auto batch = batches.rbegin(); batch != batches.rend() && recent.rows.size() < rows; ++batch) {
        if (recent.columns.empty()) {
            for (std::size_t c = 0; c < batch->schema->size() && c < columns; ++c) {
                recent.columns.push_back(QString::fromStdString(batch->schema->fields[c].name));
                recent.numeric.push_back(batch->schema->fields[c].type.isNumeric());
            }
        }
        for (std::size_t row = batch->rows; row > 0 && recent.rows.size() < rows; --row) {
            std::vector<QString> cells;
            for (std::size_t c = 0; c < recent.columns.size() && c < batch->columns.size(); ++c) {
                const Type type = batch->schema->fields[c].type;
                const ColumnRef& column = batch->columns[c];
                const bool known = column && !column->isNull(row - 1);
                const QString cell = known ? cellText(valueAt(*column, row - 1), type) : QString();
                const bool time = type.is(TypeId::Timestamp);
                cells.push_back(time && cell.size() > kDateLength ? cell.mid(kDateLength + 1) : cell);
            }
            recent.rows.insert(recent.rows.begin(), std::move(cells));
        }
    }
    return recent;
}

// A row that was taken back later is none of the table that the changes make.
RecentRows thumbnailRows(const std::vector<Batch>& batches) {
    if (batches.empty()) return {};
    const Schema& schema = *batches.back().schema;
    const std::vector<Type> types = typesOf(schema);
    const std::vector<std::size_t> places = informativeColumns(types, kMostColumns);
    RecentRows recent = headed(namesOf(schema), types, places);
    std::multiset<WholeRow> takenBack;
    for (auto batch = batches.rbegin(); batch != batches.rend(); ++batch) {
        for (std::size_t row = batch->rows; row > 0 && recent.rows.size() < kShownRows; --row) {
            if (withdraws(batch->kind(row - 1))) {
                takenBack.insert(wholeRow(*batch, row - 1));
                continue;
            }
            if (!takenBack.empty()) {
                const auto later = takenBack.find(wholeRow(*batch, row - 1));
                if (later != takenBack.end()) {
                    takenBack.erase(later);
                    continue;
                }
            }
            std::vector<QString> cells;
            for (const std::size_t c : places) {
                const auto& column = batch->columns[c];
                cells.push_back(column ? cellText(valueAt(*column, row - 1), types[c]) : QString());
            }
            recent.rows.insert(recent.rows.begin(), std::move(cells));
        }
    }
    shortenAllTimes(recent, types, places);
    return recent;
}

RecentRows thumbnailRows(const TableView& view) {
    std::vector<Type> types;
    std::vector<std::string> names;
    for (const ChartColumn& column : view.info().columns) {
        types.push_back(column.type);
        names.push_back(column.name);
    }
    const std::vector<std::size_t> places = informativeColumns(types, kMostColumns);
    RecentRows recent = headed(names, types, places);
    for (const TableRowRef& row : view.snapshot(kShownRows).rows) {
        std::vector<QString> cells;
        for (const std::size_t c : places) cells.push_back(cellText((*row)[c], types[c]));
        recent.rows.insert(recent.rows.begin(), std::move(cells));
    }
    shortenAllTimes(recent, types, places);
    return recent;
}

void paintRows(QPainter& painter, const QRectF& rect, const RecentRows& rows) {
    if (rows.columns.empty()) return;
    const Tokens& tokens = Theme::of().tokens();
    painter.setFont(sceneFont(TextStyle::CodeTiny));
    const QRectF inner = rect.adjusted(6, 3, -6, -3);
    std::vector<double> widths = naturalWidths(rows, painter.font());
    makeFit(widths, inner.width());
    showHeads(widths, rows, painter.font(), inner.width());
    const double used = std::accumulate(widths.begin(), widths.end(), 0.0);
    const double gap =
        widths.size() > 1 ? (inner.width() - used) / static_cast<double>(widths.size() - 1) : 0;
    const double step = inner.height() / (kShownRows + 1);
    double left = inner.left();
    for (std::size_t c = 0; c < widths.size(); ++c) {
        const auto place = [&](std::size_t line) {
            return QRectF(left, inner.top() + step * static_cast<double>(line), widths[c] + 1, step);
        };
        drawCell(painter, place(0), rows.columns[c], tokens.dim, rows.numeric[c]);
        for (std::size_t r = 0; r < rows.rows.size() && r < kShownRows; ++r) {
            const auto& row = rows.rows[rows.rows.size() - 1 - r];
            drawCell(painter, place(r + 1), row[c], tokens.text, rows.numeric[c]);
        }
        left += widths[c] + gap;
    }
}

}  // namespace rw::ui

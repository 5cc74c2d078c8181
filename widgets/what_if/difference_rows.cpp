#include "widgets/what_if/difference_rows.h"

#include <QPainter>
#include <QTimeZone>
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/figures.h"
#include "core/data/value.h"
#include "widgets/charts/drawing/ticks.h"
#include "widgets/document/data_text.h"
#include "widgets/document/number_text.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"
#include "widgets/what_if/ab_slider.h"

namespace rw::ui {

namespace {

constexpr int kBarHeight = 6, kBarMargin = 8;
constexpr int kChangeDigits = 12;  ///< the last ones of a difference are the rounding of both numbers

/// What a row is sorted by: made once for each, for there may be very many.
struct SortKey {
    std::optional<double> number{};
    QString text{};
};

bool isBefore(const SortKey& one, const SortKey& other) {
    if (one.number != other.number) {
        if (!one.number || !other.number) return !one.number;
        return *one.number < *other.number;
    }
    return one.text < other.text;
}

}  // namespace

std::uint64_t countOf(const WhatIfDifference& difference, RowsShown shown) {
    switch (shown) {
        case RowsShown::Differ:
            return difference.changed.size();
        case RowsShown::OnlyA:
            return difference.onlyACount();
        case RowsShown::OnlyB:
            return difference.onlyBCount();
        case RowsShown::Same:
            return difference.same;
    }
    return 0;
}

void DifferenceRows::set(const WhatIfDifference* difference, RowsShown shown, std::optional<int> number,
                         CompareSide variant) {
    beginResetModel();
    m_variant = variant;
    m_difference = difference;
    m_number = number;
    m_lines.clear();
    m_shape = difference != nullptr ? shapeOf(*difference) : ResultShape();
    if (difference != nullptr) {
        const auto both = [this](const WhatIfRow& row) { m_lines.push_back({&row, &row}); };
        switch (shown) {
            case RowsShown::Differ:
                for (const WhatIfChange& each : difference->changed) m_lines.push_back({&each.a, &each.b});
                break;
            case RowsShown::OnlyA:
                for (const WhatIfRow& row : difference->onlyA) m_lines.push_back({&row, nullptr});
                break;
            case RowsShown::OnlyB:
                for (const WhatIfRow& row : difference->onlyB) m_lines.push_back({nullptr, &row});
                break;
            case RowsShown::Same:
                for (const WhatIfRow& row : difference->sameRows) both(row);
                break;
        }
    }
    m_largest = 0;
    for (const Line& line : m_lines) m_largest = std::max(m_largest, std::fabs(change(line).value_or(0)));
    sortRows();
    endResetModel();
}

void DifferenceRows::sortBy(int column, bool descending) {
    beginResetModel();
    m_sorted = column;
    m_descending = descending;
    sortRows();
    endResetModel();
}

void DifferenceRows::sortRows() {
    const auto keyOf = [this](const Line& line) -> SortKey {
        switch (m_sorted) {
            case kKey:
                return {std::nullopt, text(line, kKey)};
            case kA:
            case kB: {
                const WhatIfRow* const row = m_sorted == kA ? line.a : line.b;
                return m_number ? SortKey{number(row), {}} : SortKey{std::nullopt, valueText(row)};
            }
            case kChange:
                return {change(line), {}};
            case kBar: {
                const std::optional<double> by = change(line);
                return {by ? std::optional(std::fabs(*by)) : std::nullopt, {}};
            }
            default:
                return {timeOf(line), {}};
        }
    };
    std::vector<std::pair<SortKey, Line>> sorted;
    sorted.reserve(m_lines.size());
    for (const Line& line : m_lines) sorted.emplace_back(keyOf(line), line);
    std::stable_sort(sorted.begin(), sorted.end(), [this](const auto& one, const auto& other) {
        return m_descending ? isBefore(other.first, one.first) : isBefore(one.first, other.first);
    });
    for (std::size_t i = 0; i < sorted.size(); ++i) m_lines[i] = sorted[i].second;
}

void DifferenceRows::refresh() {
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

std::optional<double> DifferenceRows::timeOf(const Line& line) const {
    if (!m_shape.time) return std::nullopt;
    const auto* at = std::get_if<std::int64_t>(&any(line)[static_cast<std::size_t>(*m_shape.time)]);
    return at != nullptr ? std::optional(static_cast<double>(*at)) : std::nullopt;
}

std::optional<double> DifferenceRows::timeOf(int row) const {
    if (row < 0 || row >= rowCount()) return std::nullopt;
    return timeOf(m_lines[static_cast<std::size_t>(row)]);
}

int DifferenceRows::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int DifferenceRows::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kBar + 1;
}

std::optional<double> DifferenceRows::number(const WhatIfRow* row) const {
    return row != nullptr && m_number ? numberIn(*row, *m_number, *m_difference->schema) : std::nullopt;
}

std::optional<double> DifferenceRows::change(const Line& line) const {
    const std::optional<double> a = number(line.a), b = number(line.b);
    if (!a || !b || !std::isfinite(*b - *a)) return std::nullopt;
    return *b - *a;
}

QString DifferenceRows::timeText(const Line& line) const {
    if (!m_shape.time) return {};
    const auto instant = [](const WhatIfRow* row, std::optional<int> column) -> const std::int64_t* {
        if (row == nullptr || !column) return nullptr;
        return std::get_if<std::int64_t>(&(*row)[static_cast<std::size_t>(*column)]);
    };
    const WhatIfRow& row = any(line);
    const std::int64_t* const from = instant(&row, m_shape.time);
    if (from == nullptr) return QStringLiteral("NULL");
    const std::int64_t* const to = instant(&row, m_shape.end);
    return to != nullptr ? spanText(*from, *to, QTimeZone::utc()) : eventTimeText(*from);
}

/// Its columns that are neither time nor key.
QString DifferenceRows::rowText(const WhatIfRow* row) const {
    if (row == nullptr) return {};
    QStringList cells;
    const Schema& schema = *m_difference->schema;
    for (std::size_t i = 0; i < row->size(); ++i) {
        const int column = static_cast<int>(i);
        const bool isKey = std::find(m_shape.keys.begin(), m_shape.keys.end(), column) != m_shape.keys.end();
        if (isKey || column == m_shape.time || column == m_shape.end) continue;
        const Field& field = schema.fields[i];
        if (field.name == "window_time" && m_shape.end) continue;
        cells << QString::fromStdString(field.name) + u'=' +
                     (isNull((*row)[i]) ? QStringLiteral("NULL") : dataText((*row)[i], field.type));
    }
    return cells.join(QStringLiteral(", "));
}

QString DifferenceRows::valueText(const WhatIfRow* row) const {
    if (row == nullptr) return {};
    if (!m_number) return rowText(row);
    const auto at = static_cast<std::size_t>(*m_number);
    if (isNull((*row)[at])) return QStringLiteral("NULL");
    const std::optional<double> value = number(row);
    return value ? shownNumber(*value) : QString();
}

QString DifferenceRows::text(const Line& line, int column) const {
    switch (column) {
        case kTime:
            return timeText(line);
        case kKey:
            return m_shape.keys.empty() ? QString() : keyText(*m_difference, m_shape, any(line));
        case kA:
            return valueText(line.a);
        case kB:
            return valueText(line.b);
        case kChange: {
            const std::optional<double> by = change(line);
            return by ? (*by > 0 ? QStringLiteral("+") : QString()) +
                            shownNumber(figures::tidy(*by, kChangeDigits))
                      : QString();
        }
        default:
            return {};
    }
}

QVariant DifferenceRows::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Line& line = m_lines[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    const bool figure = m_number && (column == kA || column == kB || column == kChange);
    switch (role) {
        case Qt::DisplayRole:
            return shownText(text(line, column));
        case Qt::ToolTipRole: {
            QStringList sides;
            if (line.a != nullptr) sides << QStringLiteral("A: ") + rowText(line.a);
            if (line.b != nullptr && line.b != line.a)
                sides << letterOf(m_variant) + QStringLiteral(": ") + rowText(line.b);
            return tipText(sides.join(u'\n'));
        }
        case Qt::TextAlignmentRole:
            return static_cast<int>((figure ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case Qt::FontRole:
            return Theme::of(this).font(TextStyle::CodeSmall);
        case kBarRole: {
            const std::optional<double> by = change(line);
            if (column != kBar || !by || m_largest <= 0) return {};
            return *by / m_largest;
        }
        default:
            return {};
    }
}

QVariant DifferenceRows::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) {
        const bool figure = m_number && (section == kA || section == kB || section == kChange);
        return static_cast<int>((figure ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) return {};
    const QString name = m_number
                             ? shownText(QString::fromStdString(
                                   m_difference->schema->fields[static_cast<std::size_t>(*m_number)].name))
                             : tr("row");
    switch (section) {
        case kTime:
            return m_shape.end ? tr("window") : tr("event time");
        case kKey:
            return tr("key");
        case kA:
            return QStringLiteral("A ") + name;
        case kB:
            return letterOf(m_variant) + u' ' + name;
        case kChange:
            return letterOf(m_variant) + QStringLiteral(" − A");
        default:
            return QString();
    }
}

void ChangeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    const QStyleOptionViewItem seen = inSight(option);
    QStyledItemDelegate::paint(painter, seen, index);
    const QVariant bar = index.data(DifferenceRows::kBarRole);
    if (!bar.isValid()) return;
    const QRect cell = option.rect.adjusted(kBarMargin, 0, -kBarMargin, 0);
    const double middle = cell.center().x(), length = cell.width() / 2.0 * bar.toDouble();
    const QRectF box(std::min(middle, middle + length), cell.center().y() - kBarHeight / 2.0 + 1,
                     std::fabs(length), kBarHeight);
    painter->save();
    painter->setPen(Theme::of(this).tokens().line2);
    painter->drawLine(QPointF(middle, option.rect.top()), QPointF(middle, option.rect.bottom()));
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colorOf(static_cast<const DifferenceRows*>(index.model())->variant()));
    painter->drawRoundedRect(box, metrics::kBarRadius, metrics::kBarRadius);
    painter->restore();
}

std::vector<Batch> differencesOf(const WhatIfDifference& difference, CompareSide variant) {
    const std::string letter = letterOf(variant).toStdString();
    const Schema& from = *difference.schema;
    const auto isKey = [&](std::size_t column) {
        return std::find(difference.key.begin(), difference.key.end(), static_cast<int>(column)) !=
               difference.key.end();
    };
    auto schema = std::make_shared<Schema>();
    schema->fields.push_back({"difference", Type::of(TypeId::String)});
    for (std::size_t i = 0; i < from.size(); ++i) {
        if (isKey(i)) schema->fields.push_back(from.fields[i]);
    }
    for (const std::string& side : {std::string("a_"), letterOf(variant).toLower().toStdString() + "_"}) {
        for (std::size_t i = 0; i < from.size(); ++i) {
            if (!isKey(i)) schema->fields.push_back({side + from.fields[i].name, from.fields[i].type});
        }
    }
    std::vector<ColumnBuilder> builders;
    for (const Field& field : schema->fields) builders.emplace_back(field.type);
    Batch batch;
    const auto add = [&](const std::string& how, const WhatIfRow* a, const WhatIfRow* b) {
        std::size_t column = 0;
        builders[column++].appendString(how);
        const WhatIfRow& any = a != nullptr ? *a : *b;
        for (std::size_t i = 0; i < from.size(); ++i) {
            if (isKey(i)) appendValue(builders[column++], any[i]);
        }
        for (const WhatIfRow* row : {a, b}) {
            for (std::size_t i = 0; i < from.size(); ++i) {
                if (!isKey(i)) appendValue(builders[column++], row != nullptr ? (*row)[i] : Value());
            }
        }
        ++batch.rows;
    };
    for (const WhatIfChange& each : difference.changed) add("differs", &each.a, &each.b);
    for (const WhatIfRow& row : difference.onlyA) add("only in A", &row, nullptr);
    for (const WhatIfRow& row : difference.onlyB) add("only in " + letter, nullptr, &row);
    batch.schema = schema;
    for (ColumnBuilder& builder : builders) batch.columns.push_back(builder.finish());
    return {batch};
}

}  // namespace rw::ui

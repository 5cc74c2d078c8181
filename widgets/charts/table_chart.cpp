#include "widgets/charts/table_chart.h"

#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QShortcut>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <numeric>

#include "core/base/figures.h"
#include "core/data/text.h"
#include "core/views/contributions.h"
#include "widgets/charts/data_table.h"
#include "widgets/charts/questions/row_condition.h"
#include "widgets/charts/recent_rows.h"
#include "widgets/charts/why_score.h"
#include "widgets/document/data_text.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/document/zoned_text.h"
#include "widgets/theme/cell_delegate.h"
#include "widgets/theme/column_widths.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

constexpr qsizetype kMostRowWords = 3;  ///< columns that name a row in a popup

/// As appendLabel() writes it.
std::string cellLabel(const Value& value, Type type) {
    const auto* text = std::get_if<std::string>(&value);
    if (text == nullptr) return isNull(value) ? "NULL" : toText(value, type);
    if (text->size() <= kLongestLabel) return *text;
    // The label of a long text is made of it.
    ColumnBuilder column(type);
    appendValue(column, value);
    std::string label;
    appendLabel(label, *column.finish(), 0);
    return label;
}

ColumnWidths& styled(QTableView& table, QAbstractItemModel& model) {
    table.setModel(&model);
    applyTableStyle(table);
    elideAtEdges(table);
    table.horizontalHeader()->setSortIndicatorClearable(true);
    table.horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    table.setSortingEnabled(true);
    return ColumnWidths::keepFigures(table);
}

}  // namespace

TableChart::TableChart(QWidget* parent)
    : ChartWidget(parent),
      m_table(new QTableView(this)),
      m_model(new TableModel(this)),
      m_widths(styled(*m_table, *m_model)),
      m_why(new QShortcut(WhyScore::kKey, m_table)),
      m_notes(new QLabel(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_table);
    column->addWidget(m_notes);
    m_notes->setProperty("role", "caption");
    m_notes->setIndent(metrics::kListPadding);
    m_notes->hide();
    setFocusProxy(m_table);
    m_why->setContext(Qt::WidgetWithChildrenShortcut);
    connect(m_why, &QShortcut::activated, this, &TableChart::showWhy);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& cell) {
        if (const auto value = valueAt(cell)) filter()->choose({*value}, this);
    });
}

std::optional<std::size_t> TableChart::explaining() const {
    const std::vector<ChartColumn>& columns = m_model->columns();
    const auto found = std::find_if(columns.begin(), columns.end(), [](const ChartColumn& column) {
        return isContributions(column.name, column.type);
    });
    if (found == columns.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns.begin());
}

const std::string* TableChart::contributions() const {
    const int row = m_table->currentIndex().row();
    const auto column = explaining();
    if (!column || row < 0 || row >= m_model->rowCount()) return nullptr;
    return std::get_if<std::string>(&m_model->rowAt(static_cast<std::size_t>(row))[*column]);
}

/// The first columns of the current row.
QString TableChart::rowWords() const {
    QStringList words;
    const auto row = static_cast<std::size_t>(m_table->currentIndex().row());
    for (std::size_t i = 0; i < m_model->columns().size() && words.size() < kMostRowWords; ++i) {
        if (i == explaining()) continue;
        words << QString::fromStdString(m_model->columns()[i].name) + QLatin1Char(' ') +
                     m_model->text(row, i);
    }
    return words.join(QStringLiteral(" · "));
}

void TableChart::showWhy() {
    const std::string* text = contributions();
    if (text == nullptr) return;
    const QRect place = m_table->visualRect(m_table->currentIndex());
    WhyScore::open(rowWords(), *text, m_table->viewport()->mapToGlobal(place.bottomLeft()), this);
}

void TableChart::fillMenu(QMenu& menu) {
    if (contributions() != nullptr) menu.addAction(WhyScore::menuWords(), this, &TableChart::showWhy);
    if (const auto value = valueAt(m_table->currentIndex()))
        menu.addAction(labelText(tr("Filter by %1").arg(shownText(value->words(), 80))), this,
                       [this, chosen = *value] { filter()->choose({chosen}, this); });
}

/// The table has acted on Enter, and passes it on: the card is not enlarged as well.
void TableChart::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && valueAt(m_table->currentIndex())) return event->accept();
    ChartWidget::keyPressEvent(event);
}

std::optional<ColumnValue> TableChart::valueAt(const QModelIndex& cell) const {
    const auto column = static_cast<std::size_t>(cell.column());
    if (!filter() || !cell.isValid() || cell.row() >= m_model->rowCount() || column == explaining())
        return std::nullopt;
    const ChartColumn& of = m_model->columns()[column];
    return ColumnValue{of, cellLabel(m_model->rowAt(static_cast<std::size_t>(cell.row()))[column], of.type)};
}

std::optional<ChartAsk> TableChart::rowAsked() const {
    const int row = m_table->currentIndex().row();
    if (!view() || row < 0 || row >= m_model->rowCount()) return std::nullopt;
    const TableInfo& info = static_cast<const TableView&>(*view()).info();
    const TableRow& values = m_model->rowAt(static_cast<std::size_t>(row));
    const auto isKey = [&info](const ChartColumn& column) {
        return std::any_of(info.key.begin(), info.key.end(),
                           [&](const ChartColumn& key) { return key.index == column.index; });
    };
    // A row that changes is the one of its key, where all of that is shown.
    const auto keys = std::count_if(info.columns.begin(), info.columns.end(), isKey);
    const bool byKey =
        info.updating && !info.key.empty() && static_cast<std::size_t>(keys) == info.key.size();
    RowCondition condition;
    for (std::size_t i = 0; i < info.columns.size() && i < values.size(); ++i) {
        if (!byKey || isKey(info.columns[i]))
            condition.value(info.columns[i], values[i], TableView::kLongestCell);
    }
    if (condition.empty()) return std::nullopt;
    return ChartAsk{ChartAsk::Of::Row, condition.sql()};
}

void TableChart::reset() {
    if (view()) {
        m_model->setInfo(info());
        placeColumns();
    }
    m_why->setEnabled(explaining().has_value());
}

/// The end of a window and the time of its row follow from its start: the results are in sight before them,
/// unless somebody chose another order.
void TableChart::placeColumns() {
    QHeaderView& head = *m_table->horizontalHeader();
    const int count = std::min(head.count(), m_model->columnCount());
    for (int i = 0; i < count; ++i) head.moveSection(head.visualIndex(i), i);
    if (info().chosen) return;
    const auto isBound = [this](int place, const char* name) {
        const ChartColumn& column = m_model->columns()[static_cast<std::size_t>(place)];
        return column.name == name && column.type.is(TypeId::Timestamp);
    };
    for (const char* name : {"window_start", "window_end", "window_time"}) {
        const bool start = std::string_view(name) == "window_start";
        int place = 0;
        while (place < count && !isBound(place, name)) ++place;
        if (start && place == count) return;  // then they are times like others
        if (!start && place < count) head.moveSection(head.visualIndex(place), count - 1);
    }
}

const TableInfo& TableChart::info() const {
    return static_cast<const TableView&>(*view()).info();
}

std::optional<std::size_t> TableChart::timeColumn() const {
    if (!view() || info().eventTime < 0) return std::nullopt;
    std::optional<std::size_t> time, start;
    for (std::size_t i = 0; i < info().columns.size(); ++i) {
        const ChartColumn& column = info().columns[i];
        if (column.index == info().eventTime) time = i;
        if (column.name == "window_start" && column.type.is(TypeId::Timestamp)) start = i;
    }
    const bool ofWindows = time && info().columns[*time].name == "window_time";
    return ofWindows && start ? start : time;
}

bool TableChart::isFedEarly() const {
    return view() && info().updating && info().eventTime >= 0;
}

/// Those that the filter keeps, without those that may still change where they are hidden.
void TableChart::keepRows(TableSnapshot& shot) const {
    std::vector<std::pair<std::size_t, const ColumnValue*>> values;
    for (std::size_t i = 0; i < info().columns.size(); ++i)
        if (const ColumnValue* kept = keptOf(info().columns[i])) values.emplace_back(i, kept);
    const std::optional<Range> times = keptTimes();
    const std::optional<std::size_t> timed = times ? timeColumn() : std::nullopt;
    const bool hides = provisional() == Provisional::Hidden && !shot.open.empty();
    if (values.empty() && !timed && !hides) return;
    const auto isKept = [&](std::size_t row) {
        if (hides && shot.open[row]) return false;
        const TableRow& cells = *shot.rows[row];
        if (timed) {
            const auto* time = std::get_if<Instant>(&cells[*timed]);
            const bool within = time != nullptr && static_cast<double>(*time) >= times->from &&
                                static_cast<double>(*time) <= times->to;
            if (!within) return false;
        }
        return std::all_of(values.begin(), values.end(), [&](const auto& each) {
            return each.second->keeps(cellLabel(cells[each.first], info().columns[each.first].type));
        });
    };
    TableSnapshot kept;
    kept.totals = shot.totals;
    kept.forgotten = shot.forgotten;
    for (std::size_t row = 0; row < shot.rows.size(); ++row) {
        if (!isKept(row)) continue;
        const bool open = !shot.open.empty() && shot.open[row];
        kept.rows.push_back(std::move(shot.rows[row]));
        kept.open.push_back(open);
        if (open) ++kept.provisional;
    }
    if (kept.provisional == 0) kept.open.clear();
    kept.kept = kept.rows.size();
    shot = std::move(kept);
}

std::vector<bool> TableChart::notChosen(const TableSnapshot& shot) const {
    std::vector<std::pair<std::size_t, const ColumnValue*>> values;
    for (std::size_t i = 0; i < info().columns.size(); ++i)
        if (const ColumnValue* chosen = chosenOf(info().columns[i])) values.emplace_back(i, chosen);
    std::vector<bool> pale;
    if (values.empty()) return pale;
    for (const auto& row : shot.rows) {
        pale.push_back(!std::all_of(values.begin(), values.end(), [&](const auto& each) {
            return each.second->keeps(cellLabel((*row)[each.first], info().columns[each.first].type));
        }));
    }
    return pale;
}

void TableChart::draw() {
    TableSnapshot shot = static_cast<const TableView&>(*view()).snapshot();
    keepRows(shot);
    m_model->dimProvisional(provisional() != Provisional::Shown);
    std::vector<bool> pale = notChosen(shot);
    m_model->setSnapshot(std::move(shot), std::move(pale));
    const std::uint64_t forgotten = m_model->snapshot().forgotten;
    QStringList notes;
    if (m_model->snapshot().provisional > 0)
        notes << (provisional() == Provisional::Shown ? tr("Some rows are provisional: their windows are open")
                                                       : tr("Dimmed rows are provisional: their windows are open"));
    if (forgotten > 0)
        notes << translated(
            figures::counted(forgotten, RW_TEXT("chart", "… and 1 older row that no longer fits into memory"),
                             RW_TEXT("chart", "… and %1 older rows that no longer fit into memory")));
    m_notes->setText(notes.join(QStringLiteral(" · ")));
    m_notes->setVisible(!notes.isEmpty());
}

std::uint64_t TableChart::rows() const {
    return m_model->snapshot().totals.rows;
}

void TableChart::paintPicture(QPainter& painter, const QRectF& rect) {
    m_widths.fitHidden();
    painter.save();
    painter.translate(rect.topLeft());
    m_table->render(&painter, QPoint(), m_table->rect());
    painter.restore();
}

ChartTable TableChart::table() const {
    ChartTable table;
    for (const ChartColumn& column : m_model->columns())
        table.columns.push_back(
            {QString::fromStdString(column.name), column.type.isNumeric(), !column.type.is(TypeId::Double)});
    for (std::size_t row = 0; row < m_model->snapshot().rows.size(); ++row) {
        QStringList& line = table.rows.emplace_back();
        for (std::size_t column = 0; column < table.columns.size(); ++column) {
            const Value& value = m_model->rowAt(row)[column];
            line << exactDataText(value, m_model->columns()[column].type);
        }
    }
    return table;
}

QString TableChart::summary() const {
    return translated(figures::counted(static_cast<std::uint64_t>(m_model->rowCount()),
                                       RW_TEXT("chart", "Table, 1 row"), RW_TEXT("chart", "Table, %1 rows")));
}

bool TableChart::paintThumbnail(QPainter& painter, const QRectF& rect, const TableView& view) {
    const RecentRows rows = thumbnailRows(view);
    if (rows.rows.empty()) return false;
    paintRows(painter, rect, rows);
    return true;
}

void TableModel::setInfo(const TableInfo& info) {
    beginResetModel();
    m_info = info;
    m_shot = {};
    m_pale.clear();
    m_places.clear();
    endResetModel();
}

void TableModel::setSnapshot(TableSnapshot snapshot, std::vector<bool> pale) {
    // Rows are told as changed, not as new, so that selection and scrolling stay where they are.
    const int before = static_cast<int>(m_shot.rows.size()), after = static_cast<int>(snapshot.rows.size());
    if (after > before) {
        beginInsertRows({}, before, after - 1);
    } else if (after < before) {
        beginRemoveRows({}, after, before - 1);
    }
    m_shot = std::move(snapshot);
    m_pale = std::move(pale);
    placeRows();
    if (after > before) endInsertRows();
    if (after < before) endRemoveRows();
    tellAllChanged();
}

void TableModel::sort(int column, Qt::SortOrder order) {
    m_sortColumn = column;
    m_descending = order == Qt::DescendingOrder;
    placeRows();
    tellAllChanged();
}

void TableModel::placeRows() {
    m_places.resize(m_shot.rows.size());
    std::iota(m_places.begin(), m_places.end(), std::size_t{0});
    if (m_sortColumn < 0 || m_sortColumn >= columnCount()) return;
    const auto column = static_cast<std::size_t>(m_sortColumn);
    std::stable_sort(m_places.begin(), m_places.end(), [&](std::size_t a, std::size_t b) {
        const int compared = compareValues((*m_shot.rows[a])[column], (*m_shot.rows[b])[column]);
        return m_descending ? compared > 0 : compared < 0;
    });
}

void TableModel::tellAllChanged() {
    if (rowCount() > 0 && columnCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

QString TableModel::text(std::size_t row, std::size_t column) const {
    const Value& value = rowAt(row)[column];
    return isNull(value) ? QStringLiteral("NULL") : dataText(value, m_info.columns[column].type);
}

/// A time also in the zone of the pipeline.
QString TableModel::tip(std::size_t row, std::size_t column) const {
    const QString whole = text(row, column);
    const QString zoned = zonedText(rowAt(row)[column], m_info.columns[column].type, m_info.timeZone);
    return zoned.isEmpty() ? whole : whole + u'\n' + zoned;
}

bool TableModel::isProvisional(std::size_t row) const {
    return !m_shot.open.empty() && m_shot.open[m_places[row]];
}

int TableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_shot.rows.size());
}

int TableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_info.columns.size());
}

QVariant TableModel::data(const QModelIndex& index, int role) const {
    const auto row = static_cast<std::size_t>(index.row()), column = static_cast<std::size_t>(index.column());
    if (!index.isValid() || row >= m_shot.rows.size()) return {};
    switch (role) {
        case Qt::DisplayRole:
            return shownCell(text(row, column));
        case Qt::ToolTipRole:
            return tipText(tip(row, column));
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(
                (m_info.columns[column].type.isNumeric() ? Qt::AlignRight : Qt::AlignLeft) |
                Qt::AlignVCenter);
        case Qt::FontRole:
            return Theme::of(this).font(TextStyle::CodeSmall);
        case Qt::AccessibleDescriptionRole:
            return isProvisional(row) ? QVariant(tr("provisional")) : QVariant();
        case Qt::ForegroundRole:
            if (isNull(rowAt(row)[column])) return Theme::of(this).tokens().dim;
            if (!m_pale.empty() && m_pale[m_places[row]]) return Theme::of(this).tokens().dim;
            return m_dims && isProvisional(row) ? QVariant(Theme::of(this).tokens().dim) : QVariant();
        default:
            return {};
    }
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Vertical) return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    const ChartColumn& column = m_info.columns[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole)
        return shownText(withUtc(QString::fromStdString(column.name), column.type, m_info.timeZone));
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((column.type.isNumeric() ? Qt::AlignRight : Qt::AlignLeft) |
                                   Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)  // the column may be too narrow for its name
        return tipText(QString::fromStdString(column.name + ' ' + toString(column.type)));
    return {};
}

}  // namespace rw::ui

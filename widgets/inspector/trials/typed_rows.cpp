#include "widgets/inspector/trials/typed_rows.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <optional>
#include <utility>

#include "core/data/text.h"
#include "core/data/visit_type.h"
#include "widgets/document/data_text.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kLeastShown = 3, kMostShown = 9, kWidestCell = 180;
constexpr int kFirstDay = 19'723;  // 2024-01-01
constexpr std::size_t kMostRows = 200;

std::optional<Value> valueOf(const QString& text, Type type) {
    if (text.isEmpty()) return Value{};
    if (type.is(TypeId::String)) return Value{text.toStdString()};
    return parseValue(text.toStdString(), type);
}

}  // namespace

QString simpleValue(Type type, int row) {
    constexpr Instant kNoon = Instant{kFirstDay} * 86'400'000 + 43'200'000;
    const auto text = [type](Value value) { return QString::fromStdString(toText(value, type)); };
    return visitType(
        type.id,
        Overloaded{[](types::Boolean) { return QStringLiteral("true"); },
                   [](types::String) { return QString(QChar(u'a')); },
                   [&](types::Date) { return text(Value{std::int32_t{kFirstDay} + row}); },
                   [&](types::Timestamp) { return text(Value{kNoon + row * Instant{1000}}); },
                   [&](AnyOf<types::Int, types::Bigint, types::Double, types::Decimal> auto) {
                       return QString::number(row + 1);
                   },
                   [](AnyOf<types::Bytes, types::Null, types::IntervalDay, types::IntervalMonth> auto) {
                       return QString();
                   }});
}

TypedRows::TypedRows(std::shared_ptr<TypedCells> cells, const QString& marksHead, QWidget* parent)
    : QWidget(parent),
      m_cells(std::move(cells)),
      m_marked(!marksHead.isEmpty()),
      m_marksHead(marksHead),
      m_table(new QTableWidget),
      m_add(new QPushButton(tr("Add row"))),
      m_remove(new QPushButton(tr("Remove row"))) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kStep);
    column->addWidget(m_table);
    m_table->setObjectName(QStringLiteral("typedRows"));
    m_table->setAccessibleName(tr("Rows to try"));
    m_table->setTabKeyNavigation(false);  // Tab goes from cell to cell while one is edited, and else leaves
    m_table->verticalHeader()->setDefaultSectionSize(Theme::of(this).scaled(metrics::kTableRowHeight));
    m_table->verticalHeader()->hide();
    m_table->setFont(Theme::of(this).font(TextStyle::CodeSmall));
    auto* buttons = new QHBoxLayout;
    for (QPushButton* button : {m_add, m_remove}) {
        button->setProperty("role", "link");
        buttons->addWidget(button);
    }
    m_add->setObjectName(QStringLiteral("addTypedRow"));
    m_remove->setObjectName(QStringLiteral("removeTypedRow"));
    buttons->addStretch();
    column->addLayout(buttons);
    connect(m_add, &QPushButton::clicked, this, &TypedRows::addRow);
    connect(m_remove, &QPushButton::clicked, this, &TypedRows::removeRow);
    connect(m_table, &QTableWidget::cellChanged, this, [this](int row, int place) {
        if (m_showing || place < marksColumns()) return;
        m_cells->rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(place - marksColumns())] =
            m_table->item(row, place)->text();
        Q_EMIT changed();
    });
}

void TypedRows::setColumns(const Schema& columns, int rows) {
    if (columns == m_cells->columns) {
        if (m_table->columnCount() == 0) show();
        return;
    }
    const TypedCells before = std::exchange(*m_cells, {columns, {}});
    const int count = before.rows.empty() ? rows : static_cast<int>(before.rows.size());
    for (int row = 0; row < count; ++row) {
        std::vector<QString>& cells = m_cells->rows.emplace_back();
        for (const Field& field : columns.fields) {
            const auto old = std::find(before.columns.fields.begin(), before.columns.fields.end(), field);
            cells.push_back(old == before.columns.fields.end()
                                ? simpleValue(field.type, row)
                                : before.rows[static_cast<std::size_t>(row)]
                                             [static_cast<std::size_t>(old - before.columns.fields.begin())]);
        }
    }
    show();
    Q_EMIT changed();
}

void TypedRows::take(const std::vector<Batch>& batches, std::size_t most) {
    std::vector<std::vector<QString>> rows;
    for (const Batch& batch : batches) {
        if (!batch.schema || *batch.schema != m_cells->columns) continue;
        for (std::size_t row = 0; row < batch.rows && rows.size() < most; ++row) {
            std::vector<QString>& cells = rows.emplace_back();
            for (const ColumnRef& column : batch.columns) {
                std::string text;
                if (column && !column->isNull(row)) appendCell(text, *column, row);
                cells.push_back(QString::fromStdString(text));
            }
        }
    }
    if (rows.empty()) return;
    m_cells->rows = std::move(rows);
    show();
    Q_EMIT changed();
}

void TypedRows::show() {
    m_showing = true;
    const std::vector<Field>& fields = m_cells->columns.fields;
    m_table->setColumnCount(static_cast<int>(fields.size()) + marksColumns());
    m_table->setRowCount(static_cast<int>(m_cells->rows.size()));
    if (m_marked) m_table->setHorizontalHeaderItem(0, new QTableWidgetItem(m_marksHead));
    for (std::size_t i = 0; i < fields.size(); ++i) {
        auto* head = new QTableWidgetItem(shownText(QString::fromStdString(fields[i].name)));
        head->setToolTip(QString::fromStdString(toString(fields[i].type)));
        m_table->setHorizontalHeaderItem(static_cast<int>(i) + marksColumns(), head);
    }
    for (int row = 0; row < m_table->rowCount(); ++row) {
        if (m_marked) {
            auto* mark = new QTableWidgetItem;
            mark->setFlags(Qt::ItemIsEnabled);
            m_table->setItem(row, 0, mark);
        }
        const std::vector<QString>& cells = m_cells->rows[static_cast<std::size_t>(row)];
        for (std::size_t i = 0; i < cells.size(); ++i)
            m_table->setItem(row, static_cast<int>(i) + marksColumns(), new QTableWidgetItem(cells[i]));
    }
    m_table->resizeColumnsToContents();
    const int widest = Theme::of(this).scaled(kWidestCell);
    for (int i = 0; i < m_table->columnCount(); ++i)
        m_table->setColumnWidth(i, std::min(m_table->columnWidth(i), widest));
    const int lines = std::clamp(m_table->rowCount() + 1, kLeastShown, kMostShown);
    m_table->setFixedHeight(lines * Theme::of(this).scaled(metrics::kTableRowHeight) + metrics::kListPadding);
    m_showing = false;
}

void TypedRows::addRow() {
    if (m_cells->rows.size() >= kMostRows) return;
    const int place = static_cast<int>(m_cells->rows.size());
    std::vector<QString> cells;
    for (const Field& field : m_cells->columns.fields) cells.push_back(simpleValue(field.type, place));
    m_cells->rows.push_back(std::move(cells));
    show();
    m_table->setCurrentCell(place, marksColumns());
    Q_EMIT changed();
}

void TypedRows::removeRow() {
    if (m_cells->rows.empty()) return;
    const int chosen = m_table->currentRow();
    const int place = chosen >= 0 ? chosen : static_cast<int>(m_cells->rows.size()) - 1;
    m_cells->rows.erase(m_cells->rows.begin() + place);
    show();
    m_table->setCurrentCell(std::min(place, m_table->rowCount() - 1), marksColumns());
    Q_EMIT changed();
}

void TypedRows::setMarks(const std::vector<RowMark>& marks) {
    if (!m_marked) return;
    m_showing = true;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        QTableWidgetItem* item = m_table->item(row, 0);
        const auto place = static_cast<std::size_t>(row);
        const RowMark mark = place < marks.size() ? marks[place] : RowMark();
        item->setText(mark.words);
        item->setToolTip(mark.tip);
        item->setData(Qt::ForegroundRole, mark.color.isValid() ? QVariant(mark.color) : QVariant());
    }
    m_table->resizeColumnToContents(0);
    m_showing = false;
}

Result<Batch> TypedRows::batch() const {
    Batch batch;
    batch.schema = std::make_shared<const Schema>(m_cells->columns);
    batch.rows = m_cells->rows.size();
    batch.positions.first = 0;
    for (std::size_t i = 0; i < m_cells->columns.size(); ++i) {
        const Field& field = m_cells->columns.fields[i];
        ColumnBuilder builder(field.type);
        for (std::size_t row = 0; row < batch.rows; ++row) {
            const QString& text = m_cells->rows[row][i];
            const std::optional<Value> value = valueOf(text, field.type);
            if (!value)
                return Status(ErrorCode::Invalid,
                              RW_TEXT("trials", "Row %1, “%2”: “%3” is not %4.")
                                  .with(row + 1, field.name, text.toStdString(), toString(field.type)),
                              RW_TEXT("trials", "Type a value of that type, or leave the cell empty: NULL."));
            appendValue(builder, *value);
        }
        batch.columns.push_back(builder.finish());
    }
    return batch;
}

}  // namespace rw::ui

#include "widgets/sql/table_tree.h"

#include <QApplication>
#include <QPainter>
#include <algorithm>

#include "core/base/figures.h"
#include "core/query/query_names.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

constexpr int kTreeRow = 26;

// The way to an entry: a schema has 0, a table its schema's row + 1, a column that and its table's row + 1
// above.
constexpr quintptr kTableBits = 24;

quintptr tableId(int schema) {
    return static_cast<quintptr>(schema) + 1;
}
quintptr columnId(int schema, int table) {
    return tableId(schema) | ((static_cast<quintptr>(table) + 1) << kTableBits);
}
std::size_t schemaOfId(quintptr id) {
    return (id & ((quintptr{1} << kTableBits) - 1)) - 1;
}
std::size_t tableOfId(quintptr id) {
    return (id >> kTableBits) - 1;
}

/// A run makes it.
bool isMissing(const AskableSchema& schema) {
    return schema.error && schema.error->code == ErrorCode::NotFound;
}

bool sameShape(const std::vector<AskableSchema>& a, const std::vector<AskableSchema>& b) {
    const auto sameTable = [](const AskableTable& x, const AskableTable& y) {
        return x.name == y.name && x.view == y.view && x.columns == y.columns;
    };
    return std::equal(
        a.begin(), a.end(), b.begin(), b.end(), [&](const AskableSchema& x, const AskableSchema& y) {
            return x.name == y.name && x.path == y.path &&
                   std::equal(x.tables.begin(), x.tables.end(), y.tables.begin(), y.tables.end(), sameTable);
        });
}

}  // namespace

TableTree::TableTree(const QueryTables& tables, QObject* parent)
    : QAbstractItemModel(parent), m_tables(tables) {}

void TableTree::show() {
    if (m_shown == m_tables.schemas()) return;
    if (sameShape(m_shown, m_tables.schemas())) {
        m_shown = m_tables.schemas();
        return refresh();
    }
    beginResetModel();
    m_shown = m_tables.schemas();
    endResetModel();
}

void TableTree::refresh() {
    for (int schema = 0; schema < rowCount(); ++schema) {
        const QModelIndex head = index(schema, 0);
        Q_EMIT dataChanged(head, head);
        if (const int tables = rowCount(head); tables > 0)
            Q_EMIT dataChanged(index(0, 0, head), index(tables - 1, 0, head));
    }
}

TableTree::Level TableTree::levelOf(const QModelIndex& index) {
    if (index.internalId() == 0) return Level::Schema;
    return index.internalId() >> kTableBits == 0 ? Level::Table : Level::Column;
}

QModelIndex TableTree::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent)) return {};
    if (!parent.isValid()) return createIndex(row, column, quintptr{0});
    if (levelOf(parent) == Level::Schema) return createIndex(row, column, tableId(parent.row()));
    return createIndex(row, column,
                       columnId(static_cast<int>(schemaOfId(parent.internalId())), parent.row()));
}

QModelIndex TableTree::parent(const QModelIndex& index) const {
    if (!index.isValid() || levelOf(index) == Level::Schema) return {};
    const int schema = static_cast<int>(schemaOfId(index.internalId()));
    if (levelOf(index) == Level::Table) return createIndex(schema, 0, quintptr{0});
    return createIndex(static_cast<int>(tableOfId(index.internalId())), 0, tableId(schema));
}

const AskableSchema& TableTree::schemaOf(const QModelIndex& index) const {
    const bool head = levelOf(index) == Level::Schema;
    return m_shown[head ? static_cast<std::size_t>(index.row()) : schemaOfId(index.internalId())];
}

const AskableTable& TableTree::tableOf(const QModelIndex& index) const {
    const bool table = levelOf(index) == Level::Table;
    return schemaOf(index)
        .tables[table ? static_cast<std::size_t>(index.row()) : tableOfId(index.internalId())];
}

int TableTree::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid()) return static_cast<int>(m_shown.size());
    if (parent.column() != 0 || levelOf(parent) == Level::Column) return 0;
    return static_cast<int>(levelOf(parent) == Level::Schema ? schemaOf(parent).tables.size()
                                                             : tableOf(parent).columns.size());
}

int TableTree::columnCount(const QModelIndex&) const {
    return 1;
}

QVariant TableTree::schemaData(const AskableSchema& schema, int role) const {
    switch (role) {
        case Qt::DisplayRole:
            if (schema.isTape()) return tr("Tape of the run");
            return schema.isLive() ? tr("Rows of the run") : shownText(schema.title);
        case kDetailRole:
            if (schema.isLive()) return schema.name;
            return !schema.error ? QString() : isMissing(schema) ? tr("not yet there") : tr("not read");
        case Qt::DecorationRole:
            if (schema.isTape()) return Theme::of(this).icon(u"record", ColorRole::Dim);
            if (schema.isLive()) return Theme::of(this).icon(u"pipeline", ColorRole::OperatorText);
            if (!schema.error) return Theme::of(this).icon(u"database", ColorRole::SinkText);
            return Theme::of(this).icon(isMissing(schema) ? u"database" : u"warning", ColorRole::Dim);
        case Qt::ToolTipRole:
            if (schema.isTape())
                return tipText(
                    tr("The newest rows of each source on the tape that the run records, replays, or keeps "
                       "by itself, at most %1: tape.SOURCE.")
                        .arg(countText(RunTape::kRows)));
            if (schema.isLive())
                return tipText(
                    tr("The newest rows of each output, at most 1000: live.NODE, or live.NODE_PORT of "
                       "further outputs. They are kept from when this tab was first opened."));
            return tipText(schema.error ? errorLines(*schema.error) : schema.path);
        default:
            return {};
    }
}

QVariant TableTree::tableData(const AskableSchema& schema, const AskableTable& table, int role) const {
    switch (role) {
        case Qt::DisplayRole:
            return shownText(table.name);
        case kDetailRole:
            return table.rows < 0 ? QStringLiteral("–") : countText(static_cast<std::uint64_t>(table.rows));
        case kSqlRole:
            return m_tables.askedAs(schema, table);
        case Qt::DecorationRole:
            return Theme::of(this).icon(table.view        ? u"eye"
                                        : table.alerts    ? u"bell"
                                        : schema.isLive() ? u"rows"
                                                          : u"table",
                                        ColorRole::Dim);
        case Qt::ToolTipRole: {
            QString words = m_tables.askedAs(schema, table);
            if (table.alerts)
                words += u'\n' + tr("The alerts of the run: all that go on, and the newest of the others");
            if (!table.about.isEmpty())
                words += u'\n' + (schema.isLive() ? tr("Rows of “%1”").arg(shownText(table.about))
                                                  : tr("Written by “%1”").arg(shownText(table.about)));
            return tipText(words);
        }
        case Qt::AccessibleTextRole:
            if (table.rows < 0) return shownText(table.name);
            return tr("%1, %2").arg(
                shownText(table.name),
                translated(figures::counted(static_cast<std::uint64_t>(table.rows), RW_TEXT("query", "1 row"),
                                            RW_TEXT("query", "%1 rows"))));
        default:
            return {};
    }
}

QVariant TableTree::columnData(const AskableColumn& column, int role) const {
    switch (role) {
        case Qt::DisplayRole:
            return shownText(column.name);
        case kDetailRole:
            return shownText(column.type);
        case kSqlRole:
            return QString::fromStdString(queryName(column.name.toStdString()));
        case Qt::ToolTipRole:
            if (column.type.startsWith(QLatin1String("DECIMAL")))
                return tipText(
                    tr("%1 %2\nKept as text, to the last digit. Write CAST(%1 AS REAL) to compare and "
                       "add it as a number.")
                        .arg(column.name, column.type));
            return tipText(column.name + u' ' + column.type);
        case Qt::AccessibleTextRole:
            return tr("%1, %2").arg(shownText(column.name), column.type);
        default:
            return {};
    }
}

QVariant TableTree::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    switch (levelOf(index)) {
        case Level::Schema:
            return schemaData(schemaOf(index), role);
        case Level::Table:
            return tableData(schemaOf(index), tableOf(index), role);
        case Level::Column:
            return columnData(tableOf(index).columns[static_cast<std::size_t>(index.row())], role);
    }
    return {};
}

void TreeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    const Theme& theme = Theme::of(this);
    const Tokens& tokens = theme.tokens();
    QStyleOptionViewItem box = option;
    initStyleOption(&box, index);
    box.text.clear();
    box.icon = {};
    box.features &= ~QStyleOptionViewItem::HasDecoration;
    const QStyle* style = option.widget != nullptr ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &box, painter, option.widget);
    const bool head = !index.parent().isValid(), column = index.parent().parent().isValid();
    QRect row = option.rect.adjusted(metrics::kStep, 0, -metrics::kListPadding, 0);
    painter->save();
    const QIcon icon = index.data(Qt::DecorationRole).value<QIcon>();
    if (!icon.isNull()) {
        const int size = theme.scaled(metrics::kIconSmall);
        icon.paint(painter, QRect(row.left(), row.center().y() - size / 2, size, size));
        row.setLeft(row.left() + size + metrics::kGrid);
    }
    const QString detail = index.data(TableTree::kDetailRole).toString();
    painter->setFont(theme.font(column ? TextStyle::Tiny : TextStyle::CodeSmall));
    painter->setPen(tokens.dim);
    const int needed = painter->fontMetrics().horizontalAdvance(detail),
              room = std::min(needed, row.width() / 2);
    painter->drawText(
        row, Qt::AlignRight | Qt::AlignVCenter,
        needed > room ? painter->fontMetrics().elidedText(detail, Qt::ElideRight, room) : detail);
    row.setRight(row.right() - room - metrics::kGrid);
    painter->setFont(theme.font(head ? TextStyle::BodyStrong : TextStyle::CodeSmall));
    painter->setPen(tokens.text);
    painter->drawText(
        row, Qt::AlignVCenter,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, row.width()));
    painter->restore();
}

QSize TreeDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {option.rect.width(), Theme::of(this).scaled(kTreeRow)};
}

}  // namespace rw::ui

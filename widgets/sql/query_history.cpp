#include "widgets/sql/query_history.h"

#include <QApplication>
#include <QPainter>
#include <QSettings>
#include <algorithm>

#include "core/base/figures.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

constexpr char kHistoryKey[] = "sql/history";
constexpr int kHistoryHeight = 44;

}  // namespace

QueryHistory::QueryHistory(QObject* parent) : QAbstractListModel(parent) {
    for (const QVariant& each : QSettings().value(QLatin1String(kHistoryKey)).toList()) {
        const QVariantMap kept = each.toMap();
        PastQuery query{kept.value(QStringLiteral("sql")).toString(),
                        kept.value(QStringLiteral("at")).toDateTime()};
        if (kept.contains(QStringLiteral("rows")))
            query.rows = kept.value(QStringLiteral("rows")).toLongLong();
        query.millis = kept.value(QStringLiteral("millis")).toLongLong();
        if (!query.sql.trimmed().isEmpty() && m_queries.size() < kMost) m_queries.push_back(std::move(query));
    }
}

void QueryHistory::add(PastQuery query) {
    if (query.sql.size() > kLongest) return;
    beginResetModel();
    if (!m_queries.empty() && m_queries.front().sql == query.sql) m_queries.erase(m_queries.begin());
    m_queries.insert(m_queries.begin(), std::move(query));
    if (m_queries.size() > kMost) m_queries.resize(kMost);
    endResetModel();
    save();
}

void QueryHistory::save() const {
    QVariantList list;
    for (const PastQuery& each : m_queries) {
        QVariantMap kept{{QStringLiteral("sql"), each.sql},
                         {QStringLiteral("at"), each.at},
                         {QStringLiteral("millis"), each.millis}};
        if (each.rows) kept.insert(QStringLiteral("rows"), *each.rows);
        list << kept;
    }
    QSettings().setValue(QLatin1String(kHistoryKey), list);
}

void QueryHistory::refresh() {
    if (!m_queries.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int QueryHistory::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_queries.size());
}

QVariant QueryHistory::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const PastQuery& query = at(index.row());
    const QString rows =
        query.rows ? translated(figures::counted(static_cast<std::uint64_t>(*query.rows),
                                                 RW_TEXT("query", "1 row"), RW_TEXT("query", "%1 rows")))
                   : tr("failed");
    switch (role) {
        case Qt::DisplayRole:
            return shownText(query.sql.simplified());
        case kCaptionRole:
            if (!query.rows) return QStringLiteral("%1 · %2").arg(momentText(query.at), rows);
            return QStringLiteral("%1 · %2 · %3")
                .arg(momentText(query.at), rows, tookText(static_cast<double>(query.millis) / 1000));
        case Qt::ToolTipRole:
            return tipText(query.sql);
        case Qt::AccessibleTextRole:
            return tr("%1, %2").arg(shownText(query.sql.simplified()), rows);
        default:
            return {};
    }
}

void HistoryDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const Theme& theme = Theme::of(this);
    QStyleOptionViewItem back = option;
    initStyleOption(&back, index);
    back.text.clear();
    const QStyle* style = option.widget != nullptr ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &back, painter, option.widget);
    const QRect inner = option.rect.adjusted(metrics::kListPadding, 0, -metrics::kListPadding, 0);
    const int code = theme.lineHeight(TextStyle::CodeSmall), caption = theme.lineHeight(TextStyle::Caption);
    QRect line(inner.left(), inner.top() + (inner.height() - code - caption) / 2, inner.width(), code);
    const auto write = [&](const QFont& font, const QColor& color, const QString& words) {
        painter->setFont(font);
        painter->setPen(color);
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(words, Qt::ElideRight, line.width()));
    };
    painter->save();
    const QVariant own = index.data(Qt::FontRole);  // of a name; a statement is code
    write(own.isValid() ? own.value<QFont>() : theme.font(TextStyle::CodeSmall), theme.tokens().text,
          index.data().toString());
    line = QRect(line.left(), line.bottom() + 1, line.width(), caption);
    write(theme.font(TextStyle::Caption), theme.tokens().dim, index.data(QueryHistory::kCaptionRole).toString());
    painter->restore();
}

QSize HistoryDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {0, Theme::of(this).scaled(kHistoryHeight)};
}

}  // namespace rw::ui

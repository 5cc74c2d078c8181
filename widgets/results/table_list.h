// The tables and views of a database with their numbers of rows; those that the pipeline writes carry a
// sink's sign.
#pragma once
#include <QAbstractListModel>
#include <QMap>
#include <QStyledItemDelegate>

#include "core/connect/sqlite/browser.h"

namespace rw::ui {

/// The name that a person knows; of a staging table that of the table whose place it will take.
QString shownTable(const SqliteEntry& entry);

class TableListModel : public QAbstractListModel {
    Q_OBJECT
 public:
    /// The number at the right; a heading has none and cannot be chosen.
    static constexpr int kCountRole = Qt::UserRole, kHeadingRole = Qt::UserRole + 1;

    using QAbstractListModel::QAbstractListModel;

    /// `written`: tables that sinks write → the sinks' titles.
    void set(std::vector<SqliteEntry> entries, const QMap<QString, QString>& written);
    /// The name of the tape that the run replayed that wrote last; empty: none, or nothing is known of it.
    void setReplayed(const QString& tape) { m_replayed = tape; }
    const SqliteEntry* entry(const QModelIndex& index) const;  ///< null for a heading
    const std::vector<SqliteEntry>& entries() const { return m_entries; }
    QModelIndex find(const std::string& table) const;
    /// The table shown first: one that the pipeline writes, else any.
    QModelIndex first() const;
    void refresh();  ///< after a change of language or theme

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

 private:
    struct Line {
        int entry = -1;  ///< -1: a heading
        bool views = false;
        int below = 0;  ///< of a heading: its entries
    };
    QVariant headingData(const Line& line, int role) const;
    QString tipOf(const SqliteEntry& entry, const QString& name) const;

    std::vector<SqliteEntry> m_entries;
    std::vector<Line> m_lines;
    QMap<QString, QString> m_written;
    QString m_replayed{};
};

class TableListDelegate : public QStyledItemDelegate {
    Q_OBJECT
 public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace rw::ui

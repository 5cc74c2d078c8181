// The lines of the Log panel, newest last, never more than kCapacity; and the filter in front of them.
#pragma once
#include <QAbstractTableModel>
#include <QDateTime>
#include <QSortFilterProxyModel>
#include <QString>
#include <deque>
#include <vector>

#include "core/base/text.h"

namespace rw::ui {

enum class LogLevel { Debug, Info, Warning, Error };

/// One line of the Log panel.
struct LogEntry {
    QDateTime time;
    LogLevel level = LogLevel::Info;
    QString node;   ///< id of the node it is about; empty: the whole run, or the program
    QString title;  ///< the node's name at that time
    Text text;      ///< translated when it is shown; empty: `plain` holds the words
    Text fix;       ///< follows the text
    QString plain;  ///< a finished line of a library or of the program itself, in English

    QString fullText() const;  ///< in the language of the interface
};

class LogModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    static constexpr int kCapacity = 10000;
    enum Column { Time, Level, Where, Message, ColumnCount };

    explicit LogModel(QObject* parent = nullptr);

    void add(std::vector<LogEntry> entries);
    void clear();
    const LogEntry& entry(int row) const { return m_entries[static_cast<std::size_t>(row)]; }
    /// The line as text: time, level, node and words with tabs between.
    QString line(int row) const;
    /// After a change of language, font or theme.
    void refresh();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    std::deque<LogEntry> m_entries;
};

class LogFilter : public QSortFilterProxyModel {
    Q_OBJECT
 public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setLevel(LogLevel least);
    void setSearchText(const QString& words);  ///< searched in node and message, in any case of letters

 protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

 private:
    LogLevel m_least = LogLevel::Debug;
    QString m_searchText;
};

}  // namespace rw::ui

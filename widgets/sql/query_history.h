// The statements that were run, newest first, with when, how long and how many rows; kept between sessions in
// QSettings.
#pragma once
#include <QAbstractListModel>
#include <QDateTime>
#include <QStyledItemDelegate>
#include <optional>
#include <vector>

namespace rw::ui {

struct PastQuery {
    QString sql;
    QDateTime at{};
    std::optional<qint64> rows{};  ///< nothing: it failed
    qint64 millis = 0;
};

class QueryHistory : public QAbstractListModel {
    Q_OBJECT
 public:
    static constexpr int kMost = 200, kLongest = 20'000;  ///< statements; characters of one
    static constexpr int kCaptionRole = Qt::UserRole;

    explicit QueryHistory(QObject* parent = nullptr);

    /// The same statement as the one before takes its place; one that is longer than kLongest is not kept.
    void add(PastQuery query);
    const PastQuery& at(int row) const { return m_queries[static_cast<std::size_t>(row)]; }
    void refresh();  ///< after a change of language or theme

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

 private:
    void save() const;

    std::vector<PastQuery> m_queries{};
};

/// A line of the statement, or of its name, and under it kCaptionRole in words.
class HistoryDelegate : public QStyledItemDelegate {
    Q_OBJECT
 public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace rw::ui

// The results of a database that were kept, at the foot of the tables: to compare with, to look into, to name
// and to delete.
#pragma once
#include <QAbstractListModel>
#include <QStringList>
#include <QStyledItemDelegate>
#include <QWidget>
#include <vector>

#include "core/connect/sqlite/kept_results.h"
#include "widgets/background/latest.h"

class QLabel;
class QListView;

namespace rw::ui {

/// What a person calls it: its name, or when it was kept.
QString nameOfKept(const KeptResult& kept);

class KeptModel : public QAbstractListModel {
    Q_OBJECT
 public:
    static constexpr int kCaptionRole = Qt::UserRole;

    using QAbstractListModel::QAbstractListModel;

    void set(std::vector<KeptResult> kept);
    const std::vector<KeptResult>& kept() const { return m_kept; }
    void refresh();  ///< after a change of language or theme

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// Tells of the new name; the list shows it once the file has it.
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

 Q_SIGNALS:
    void renamed(const QString& file, const QString& name);

 private:
    QStringList captionOf(const KeptResult& kept) const;

    std::vector<KeptResult> m_kept{};
};

/// Name, and under it table, rows and time.
class KeptDelegate : public QStyledItemDelegate {
    Q_OBJECT
 public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

class KeptList : public QWidget {
    Q_OBJECT
 public:
    explicit KeptList(QWidget* parent = nullptr);
    ~KeptList() override;

    /// Empty: none.
    void setDatabase(const QString& path);
    const std::vector<KeptResult>& kept() const { return m_model.kept(); }
    /// A copy of the table as it is now, in the background.
    void keep(const QString& database, const SqliteEntry& table, const KeptRun& run);
    bool isKeeping() const { return m_keeping.isWaiting(); }
    QListView& list() const { return *m_list; }

 Q_SIGNALS:
    void chosen(const rw::KeptResult& kept);  ///< to compare with
    void openRequested(const QString& file);
    void keepingChanged();

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void look();
    void change(std::function<Status()> act);
    void showMenu(const QPoint& at);
    void remove(const KeptResult& kept);
    void fit();
    void retranslate();

    QString m_database{};
    KeptModel m_model{};
    QLabel* m_title;
    QListView* m_list;
    Worker m_worker;
    Latest m_looking{this}, m_keeping{this};
};

}  // namespace rw::ui

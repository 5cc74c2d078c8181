// The queries that are saved in the pipeline: a list from which they are written into the editor, renamed and
// removed. Each change is an undo step of the document.
#pragma once
#include <QAbstractListModel>
#include <QWidget>
#include <vector>

#include "core/pipeline/json/saved_queries.h"

class QAction;
class QLabel;
class QListView;
class QStackedLayout;

namespace rw::ui {

class PipelineDocument;

class SavedQueryModel : public QAbstractListModel {
    Q_OBJECT
 public:
    /// The document must outlive it.
    explicit SavedQueryModel(PipelineDocument& document, QObject* parent = nullptr);

    const SavedQuery& at(int row) const { return m_queries[static_cast<std::size_t>(row)]; }
    /// The one of that statement, or -1.
    int find(const QString& sql) const;
    /// One of the same name is replaced.
    void save(const QString& name, const QString& sql);
    void rename(int row, const QString& name);
    void remove(int row);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

 private:
    void read();

    PipelineDocument& m_document;
    std::vector<SavedQuery> m_queries{};
};

class SavedQueries : public QWidget {
    Q_OBJECT
 public:
    /// The model must outlive it.
    explicit SavedQueries(SavedQueryModel& model, QWidget* parent = nullptr);

    QListView& list() const { return *m_list; }
    void retranslate();

 Q_SIGNALS:
    void chosen(const QString& sql);

 private:
    int current() const;  ///< -1: none
    void showPage();
    void promptForName();

    SavedQueryModel& m_model;
    QLabel *m_title, *m_nothing;
    QListView* m_list;
    QStackedLayout* m_pages;
    QAction *m_insert, *m_rename, *m_remove;
};

}  // namespace rw::ui

// The table of an IssueModel and its commands. A click on a node's name, or Enter, goes there; a click on a
// button, or Alt+Enter, applies the quick fix; the keys stand under the table.
#pragma once
#include <QStringList>
#include <QWidget>
#include <functional>

#include "core/pipeline/pipeline.h"

class QHBoxLayout;
class QKeyEvent;
class QLabel;
class QMenu;
class QModelIndex;
class QMouseEvent;
class QTableView;

namespace rw::ui {

class IssueModel;
class PipelineDocument;

class IssueList : public QWidget {
    Q_OBJECT
 public:
    /// Both must outlive it.
    IssueList(PipelineDocument& document, IssueModel& model, QWidget* parent = nullptr);

    QTableView& table() const { return *m_table; }
    /// Shows a key under the table; the label is for the words about its effect.
    QLabel* addKey(const QString& key);

    int chosenRow() const;  ///< -1: none
    /// Changes the model by `change`; the chosen row stays chosen where it is still there.
    void keepChosen(const std::function<void()>& change);
    void goTo(int row);
    bool canFix() const;
    /// Applies the first quick fix of the chosen row, if it has one. Rows that were lost are shown, and of a
    /// join without pairs it is asked why.
    void applyFix();

 Q_SIGNALS:
    void chosenChanged();
    void rowsRequested(const rw::NodeId& node);
    void whyRequested(const rw::NodeId& node);  ///< why the join has no pair

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

 private:
    bool onKey(const QKeyEvent& key);
    bool onMouse(const QMouseEvent& mouse);
    void onClicked(const QModelIndex& index, QPoint at);
    void openMenu(QPoint at);
    void offerAsking(const Issue& issue, QMenu& menu);
    void copy(int row) const;
    bool isBlank(int column) const;  ///< in all rows
    QStringList fixes() const;       ///< the words of all quick fixes
    int shareOf(int column) const;   ///< of the room beside the message, where there is enough
    int leastOf(int column) const;   ///< with fewer pixels it is not worth its room
    void resizeColumns();
    void resizeRows();  ///< to all lines of their words

    PipelineDocument& m_document;
    IssueModel& m_model;
    QTableView* m_table;
    QHBoxLayout* m_keys;
};

}  // namespace rw::ui

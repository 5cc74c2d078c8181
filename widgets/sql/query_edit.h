// The editor of queries. Ctrl+Enter asks for the statement at the cursor, Ctrl+Up and Ctrl+Down for older and
// newer ones, Escape for a stop.
#pragma once
#include "widgets/editor/expression_edit.h"
#include "widgets/sql/query_completion.h"

namespace rw::ui {

class QueryEdit : public ExpressionEdit {
    Q_OBJECT
 public:
    /// The tables must outlive the editor.
    explicit QueryEdit(const QueryTables& tables, QWidget* parent = nullptr);

    /// There are other tables.
    void refreshCompletions() { m_completion.forget(); }
    /// Puts the name where the cursor is, parted from the word before it; a table into an empty editor as a
    /// whole statement.
    void insertName(const QString& name, bool table);
    /// Replaces the text, in one step of undo.
    void replaceText(const QString& text);

    QSize sizeHint() const override { return {400, 200}; }
    QSize minimumSizeHint() const override { return {160, 80}; }

 Q_SIGNALS:
    void runRequested();
    void stopRequested();
    void historyRequested(int step);  ///< 1: the one before, -1: the one behind it

 protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

 private:
    QueryCompletion m_completion;
};

}  // namespace rw::ui

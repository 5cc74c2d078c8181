// A field for SQL: highlighting, completion after two letters or Ctrl+Space, a wavy line under a mistake. One
// line or several; Tab leaves it, unless the list of completions is open: then it takes the entry.
#pragma once
#include <QPlainTextEdit>

#include "core/pipeline/join_sides.h"
#include "widgets/editor/sql_highlighter.h"

class QCompleter;

namespace rw::ui {

class CompletionModel;
class TypingPause;
struct Completion;

class ExpressionEdit : public QPlainTextEdit {
    Q_OBJECT
 public:
    enum class Lines { One, Several };
    explicit ExpressionEdit(Lines lines, QWidget* parent = nullptr);

    void setSchema(const Schema& schema, bool aggregates);
    /// The columns of both sides of a join, which stand with the side's name before them.
    void setSides(const JoinSides& sides);
    /// Takes another text without telling edited(); the cursor stays where it can.
    void setExpression(const QString& text);
    void setErrorRanges(std::vector<ErrorRange> ranges);
    void insertColumn(const QString& name);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

 Q_SIGNALS:
    void edited(const QString& text);  ///< by the person, when the keys rest or the field is left

 protected:
    bool viewportEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;

 private:
    QString wordBeforeCursor() const;
    void setCompletions(std::vector<Completion> completions);
    void offer(bool asked);
    bool isOffering() const;
    void placeList();
    void complete(const QModelIndex& index);
    void notifyEdited();
    void arrange();
    int numbersWidth() const;

    class LineNumbers;

    const Lines m_lines;
    LineNumbers* m_numbers = nullptr;
    SqlHighlighter* m_highlighter;
    CompletionModel* m_model;
    QCompleter* m_completer;
    TypingPause* m_pause;
    bool m_sides = false;  ///< names may have a side before them
    QString m_notified;
};

}  // namespace rw::ui

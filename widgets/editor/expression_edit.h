// A field for SQL: highlighting, completion after two letters or Ctrl+Space, a wavy line under a mistake. One
// line or several; Tab leaves it, unless the list of completions is open: then it takes the entry.
#pragma once
#include <QStringList>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "core/pipeline/join_sides.h"
#include "widgets/editor/code_edit.h"
#include "widgets/editor/sql_highlighter.h"

class QAbstractItemView;
class QCompleter;

namespace rw::ui {

class CompletionModel;
class Completions;
struct OpenText;

class ExpressionEdit : public CodeEdit {
    Q_OBJECT
 public:
    explicit ExpressionEdit(Lines lines, QWidget* parent = nullptr);

    void setSchema(const Schema& schema, bool aggregates);
    /// The columns of both sides of a join, which stand with the side's name before them.
    void setSides(const JoinSides& sides);
    /// Those of one schema, which many fields share.
    void setCompletions(std::shared_ptr<const Completions> completions);
    void setErrorRanges(std::vector<ErrorRange> ranges);
    void insertColumn(const QString& name);
    /// Values that a column has had, to be offered between quotes; without it nothing is offered there.
    void setValues(std::function<QStringList(const QString& column)> values) { m_values = std::move(values); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

 protected:
    /// For another language of queries: with a highlighter of its own, a child of the document.
    ExpressionEdit(Lines lines, MarkingHighlighter* (*highlighter)(QTextDocument*), QWidget* parent);

    bool viewportEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;
    /// Between quotes all that is written there.
    QString wordBeforeCursor() const;
    bool isOffering() const;

 private:
    std::optional<OpenText> openTextHere() const;
    void offer(bool asked);
    void offerValues(const OpenText& text);
    void showList();
    void hideList();
    void placeList();
    void complete(const QModelIndex& index);

    MarkingHighlighter* m_highlighter;
    CompletionModel* m_model;
    QCompleter* m_completer;
    QAbstractItemView* m_list = nullptr;               ///< of the completer; null: none was offered yet
    std::function<QStringList(const QString&)> m_values{};
    std::shared_ptr<const Completions> m_completions;  ///< the model gets them when they are offered
};

}  // namespace rw::ui
